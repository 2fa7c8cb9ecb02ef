import { createHash, createHmac, hkdfSync, timingSafeEqual, type KeyObject } from "node:crypto"
import type { HubFailure } from "./errors"
import { err, ok, type Result } from "./result"

/** What travels through the channel and back while a person authorises. Nothing in it is secret; it cannot be made up. */
export interface AuthorisationState {
  readonly connectionId: string
  /** Of this one authorisation: kept until it is used, and used once. */
  readonly nonce: string
}

const derive = (key: KeyObject, purpose: string): Buffer => Buffer.from(hkdfSync("sha256", key, "", purpose, 32))

const sign = (key: KeyObject, text: string): Buffer =>
  createHmac("sha256", derive(key, "hub-oauth-state")).update(text).digest()

/** `connection.nonce.signature`, fit for an address. */
export function signState(key: KeyObject, { connectionId, nonce }: AuthorisationState): string {
  const text = `${connectionId}.${nonce}`
  return `${text}.${sign(key, text).toString("base64url")}`
}

/**
 * Reads what came back. Pure, and costs no query: whoever makes one up gets no further.
 *
 * @param keys every key that may have signed it: the ring may have been rotated meanwhile
 * @returns `auth` for anything that was not signed with one of them
 */
export function readState(
  keys: Iterable<KeyObject>,
  state: string
): Result<AuthorisationState & { readonly key: KeyObject }, HubFailure> {
  const [connectionId = "", nonce = "", signature = "", ...rest] = state.split(".")
  const given = Buffer.from(signature, "base64url")
  for (const key of keys) {
    const expected = sign(key, `${connectionId}.${nonce}`)
    if (rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)) {
      return ok({ connectionId, nonce, key })
    }
  }
  return err({
    kind: "auth",
    message: "This authorisation was not begun here. Begin it again on the connection's page.",
  })
}

/** The PKCE verifier of an authorisation. It follows from the nonce and our key, so it is never stored and never sent ahead. */
export const verifierOf = (key: KeyObject, nonce: string): string =>
  createHmac("sha256", derive(key, "hub-oauth-pkce")).update(nonce).digest("base64url")

/** What the channel is told of a verifier (RFC 7636, S256). */
export const challengeOf = (verifier: string): string =>
  createHash("sha256").update(verifier, "ascii").digest("base64url")

const MINUTE = 60
const SHARE = 0.2
const LONGEST = 2 * 60 * MINUTE

/**
 * How long before their end tokens are renewed, in seconds: a fifth of their life, at least a minute and at most two hours, and
 * never more than half of it.
 */
export const renewalLead = (lifeSeconds: number): number =>
  Math.min(Math.max(lifeSeconds * SHARE, MINUTE), LONGEST, lifeSeconds / 2)
