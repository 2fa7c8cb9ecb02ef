import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../engine"
import {
  acceptWebhook,
  refuseUnread,
  type Acceptance,
  type IntakeRequest,
} from "../../../../engine/ingest/accept-webhook"
import { toFailure, type HubErrorKind, type HubFailure } from "../../../../lib/errors"
import { err, type Result } from "../../../../lib/result"
import { isUnread, MOST_BODY_BYTES } from "../../../support/raw-body"

/** What the sender hears. Anything but 200 makes it try again; a signature that is wrong stays wrong. */
const STATUS: Readonly<Partial<Record<HubErrorKind, number>>> = {
  auth: 401,
  "invalid-data": 400,
  "not-found": 404,
  unsupported: 404,
  "rate-limited": 429,
}

const toRequest = (req: MedusaRequest): IntakeRequest => ({
  headers: Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(" ") : value])
  ),
  rawBody: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
  address: req.ip ?? null,
})

function take(req: MedusaRequest, connectionId: string): Promise<Result<Acceptance, HubFailure>> {
  const request = toRequest(req)
  if (!isUnread(req.body)) {
    return acceptWebhook(req.scope, connectionId, request)
  }
  const message =
    req.body.problem === "too-large"
      ? `The message is larger than ${MOST_BODY_BYTES} bytes.`
      : "The body of the message could not be read."
  return refuseUnread(req.scope, connectionId, { request, failure: { kind: "invalid-data", message } })
}

/**
 * A sender hangs up after a few seconds (some after five) and learns nothing. So it is told to come again before that,
 * whatever we wait for, a database that is away for example. Should the message be stored after all, the second one is a duplicate.
 */
const ANSWER_WITHIN_MS = 4_000

/** Fails when it takes too long. The work itself goes on. */
async function inTime<Found>(work: Promise<Found>): Promise<Found> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not stored within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

export const POST = async (req: MedusaRequest, res: MedusaResponse): Promise<void> => {
  const connectionId = req.params.connection_id ?? ""
  const result = await inTime(take(req, connectionId)).catch((error: unknown): Result<never, HubFailure> => {
    const failure = toFailure(error)
    if (failure.kind === "invalid-data") {
      return err(failure)
    }
    // The reason, perhaps a database that is away, is for our log. The sender keeps the message and tries again.
    const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
    logger.error(`hub: a message of ${connectionId} could not be stored: ${failure.message}`)
    return err({ kind: "transient", message: "The message cannot be stored at the moment. Try again later." })
  })
  if (!result.ok) {
    const { kind, message, retryAfterMs } = result.error
    if (retryAfterMs !== undefined) {
      res.setHeader("Retry-After", String(Math.ceil(retryAfterMs / 1_000)))
    }
    const isTooLarge = isUnread(req.body) && req.body.problem === "too-large" && kind === "invalid-data"
    res.status(isTooLarge ? 413 : (STATUS[kind] ?? 503)).json({ message })
    return
  }
  if (result.value === "accepted") {
    wakeEngine(req.scope)
  }
  res.json({ result: result.value })
}
