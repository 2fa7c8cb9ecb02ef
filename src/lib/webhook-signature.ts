import { createHmac, timingSafeEqual } from "node:crypto"
import type { HubFailure } from "./errors"
import { err, ok, type Result } from "./result"

/** How far the sender's clock may be off, in seconds, both ways. */
export const WEBHOOK_TOLERANCE_SECONDS = 300

const MAX_SIGNATURES = 8
const MAX_ID_LENGTH = 256
const MIN_SECRET_BYTES = 24
const MAX_SECRET_BYTES = 64
const DIGEST_BYTES = 32

/** What is signed: the id, the second of this attempt and the exact bytes of the body. */
export interface WebhookMessage {
  /** The same for every attempt. No dots, because a dot parts it from what follows. */
  readonly id: string
  /** When this attempt was made, in whole seconds since 1970. */
  readonly timestampSeconds: number
  readonly rawBody: Buffer
}

/** The three headers of Standard Webhooks 1.0. */
export type WebhookHeaders = Readonly<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>>

export interface VerifyInput {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly rawBody: Buffer
  /** Every secret that may have signed: two while one is being rotated. */
  readonly secrets: readonly string[]
  readonly now: Date
}

const refused = (message: string): Result<never, HubFailure> => err({ kind: "auth", message })

/** Reads `whsec_` + base64 of 24 to 64 bytes. Shorter keys can be guessed, longer ones are another kind of text. */
function parseSecret(secret: string): Result<Buffer, HubFailure> {
  const base64 = secret.startsWith("whsec_") ? secret.slice("whsec_".length) : ""
  const key = Buffer.from(base64, "base64")
  const isCanonical = key.toString("base64").replace(/=+$/, "") === base64.replace(/=+$/, "")
  return isCanonical && key.length >= MIN_SECRET_BYTES && key.length <= MAX_SECRET_BYTES
    ? ok(key)
    : err({
        kind: "invalid-data",
        message: 'A webhook secret is "whsec_" followed by the base64 of 24 to 64 random bytes.',
      })
}

const digest = (key: Buffer, id: string, timestamp: string, rawBody: Buffer): Buffer =>
  createHmac("sha256", key).update(`${id}.${timestamp}.`).update(rawBody).digest()

/**
 * Signs a message by Standard Webhooks 1.0, scheme v1 (HMAC-SHA256), once with every secret.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @returns the headers to send, or `invalid-data` for a secret or a message that cannot be signed
 */
export function signWebhook(message: WebhookMessage, secrets: readonly string[]): Result<WebhookHeaders, HubFailure> {
  const timestamp = String(message.timestampSeconds)
  if (secrets.length === 0 || secrets.length > MAX_SIGNATURES) {
    return err({ kind: "invalid-data", message: `A webhook is signed with 1 to ${MAX_SIGNATURES} secrets.` })
  }
  if (!isMessageId(message.id) || !/^\d{1,12}$/.test(timestamp)) {
    return err({ kind: "invalid-data", message: "A webhook needs an id without dots and a time in whole seconds." })
  }
  const signatures: string[] = []
  for (const secret of secrets) {
    const key = parseSecret(secret)
    if (!key.ok) {
      return key
    }
    signatures.push(`v1,${digest(key.value, message.id, timestamp, message.rawBody).toString("base64")}`)
  }
  return ok({
    "webhook-id": message.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  })
}

const isMessageId = (id: string): boolean => id.length > 0 && id.length <= MAX_ID_LENGTH && !id.includes(".")

/** The digests of the `v1` entries. Other schemes may stand beside them and are passed over. */
function parseSignatures(header: string): Buffer[] | null {
  const entries = header.split(" ").filter((entry) => entry !== "")
  if (entries.length > MAX_SIGNATURES) {
    return null
  }
  return entries
    .filter((entry) => entry.startsWith("v1,"))
    .map((entry) => Buffer.from(entry.slice("v1,".length), "base64"))
    .filter((candidate) => candidate.length === DIGEST_BYTES)
}

/**
 * Verifies the signature and the age of a message over the raw bytes of its body. Pure: `now` is handed in.
 *
 * Nothing of the body may be looked at before this has succeeded.
 *
 * @returns the message, or `auth` if it is unsigned, altered, too old, from the future or signed with another secret
 */
export function verifyWebhook(input: VerifyInput): Result<WebhookMessage, HubFailure> {
  const id = input.headers["webhook-id"] ?? ""
  const timestamp = input.headers["webhook-timestamp"] ?? ""
  const signature = input.headers["webhook-signature"] ?? ""
  if (!isMessageId(id) || timestamp === "" || signature === "") {
    return refused("The webhook is not signed: webhook-id, webhook-timestamp or webhook-signature is missing.")
  }
  if (!/^\d{1,12}$/.test(timestamp)) {
    return refused("The webhook's timestamp is not a time in whole seconds.")
  }
  if (Math.abs(input.now.getTime() / 1000 - Number(timestamp)) > WEBHOOK_TOLERANCE_SECONDS) {
    return refused("The webhook was signed too long ago or in the future. Compare the clocks of both sides.")
  }
  const candidates = parseSignatures(signature)
  if (!candidates) {
    return refused(`The webhook carries more than ${MAX_SIGNATURES} signatures.`)
  }
  if (input.secrets.length === 0) {
    return refused("There is no webhook secret to verify with. Subscribe again.")
  }
  for (const secret of input.secrets) {
    const key = parseSecret(secret)
    if (!key.ok) {
      return refused(key.error.message)
    }
    const expected = digest(key.value, id, timestamp, input.rawBody)
    if (candidates.some((candidate) => timingSafeEqual(candidate, expected))) {
      return ok({ id, timestampSeconds: Number(timestamp), rawBody: input.rawBody })
    }
  }
  return refused("The webhook's signature fits none of the known secrets.")
}
