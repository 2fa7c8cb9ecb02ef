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
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(" ") : value])
  )
  const rawBody = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
  const accepted = acceptWebhook(req.scope, req.params.connection_id ?? "", { headers, rawBody })
  const result = await inTime(accepted).catch((error: unknown): Result<never, HubFailure> => {
    // The reason, perhaps a database that is away, is for our log. The sender keeps the message and tries again.
    const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
    logger.error(`hub: a message of ${req.params.connection_id} could not be stored: ${toFailure(error).message}`)
    return err({ kind: "transient", message: "The message cannot be stored at the moment. Try again later." })
  })
  if (!result.ok) {
    res.status(STATUS[result.error.kind] ?? 503).json({ message: result.error.message })
    return
  }
  wakeEngine(req.scope)
  res.json({ result: result.value })
}
