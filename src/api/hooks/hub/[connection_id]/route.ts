import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../engine"
import { acceptWebhook } from "../../../../engine/ingest/accept-webhook"
import { toFailure, type HubErrorKind, type HubFailure } from "../../../../lib/errors"
import { err, type Result } from "../../../../lib/result"

/** What the sender hears. Anything but 200 makes it try again; a signature that is wrong stays wrong. */
const STATUS: Readonly<Partial<Record<HubErrorKind, number>>> = {
  auth: 401,
  "invalid-data": 400,
  "not-found": 404,
  unsupported: 404,
}

export const POST = async (req: MedusaRequest, res: MedusaResponse): Promise<void> => {
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(" ") : value])
  )
  const rawBody = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
  const result = await acceptWebhook(req.scope, req.params.connection_id ?? "", { headers, rawBody }).catch(
    (error: unknown): Result<never, HubFailure> => {
      // The reason, perhaps a database that is away, is for our log. The sender keeps the message and tries again.
      const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
      logger.error(`hub: a message of ${req.params.connection_id} could not be stored: ${toFailure(error).message}`)
      return err({ kind: "transient", message: "The message cannot be stored at the moment. Try again later." })
    }
  )
  if (!result.ok) {
    res.status(STATUS[result.error.kind] ?? 503).json({ message: result.error.message })
    return
  }
  wakeEngine(req.scope)
  res.json({ result: result.value })
}
