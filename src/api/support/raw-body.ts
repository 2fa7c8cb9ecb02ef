import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { raw } from "express"

/** No message of a channel is larger. A body that is, is refused without being kept. */
export const MOST_BODY_BYTES = 1024 * 1024

const readRaw = raw({ type: () => true, limit: MOST_BODY_BYTES })

/** Why a body could not be read, for the handler, which knows whom to tell. */
export interface UnreadBody {
  readonly problem: "too-large" | "broken"
}

export const isUnread = (body: unknown): body is UnreadBody =>
  typeof body === "object" && body !== null && !Buffer.isBuffer(body) && "problem" in body

const isTooLarge = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "type" in error && error.type === "entity.too.large"

/** Reads the bytes as they are: signatures cover them, whatever their content type says. A bad body is the handler's business. */
export const rawBody = (req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Medusa's type of a request is Express' own
  readRaw(req, res, (error: unknown) => {
    if (error !== undefined && error !== null) {
      const unread: UnreadBody = { problem: isTooLarge(error) ? "too-large" : "broken" }
      req.body = unread
    }
    next()
  })
