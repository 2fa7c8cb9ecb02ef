import type { HubFailure } from "../../../lib/errors"
import { err, ok, type Result } from "../../../lib/result"
import { openSecret, sealSecret, type EnvelopeBinding, type KeyRing } from "./envelope"

/** What every check row says once it is opened. Not a secret: only the key can have written it under this binding. */
const CHECK_TEXT = "medusa-stock-hub key check"

const bindingOf = (keyId: string): EnvelopeBinding => ({ table: "hub_key_check", connectionId: keyId, field: "check" })

/** Where a credential of a connection is stored. Bound into its ciphertext. */
export const credentialBinding = (connectionId: string, name: string): EnvelopeBinding => ({
  table: "hub_credential",
  connectionId,
  field: name,
})

/** The check row's ciphertext for one key of the ring. */
export const sealKeyCheck = (ring: KeyRing, keyId: string): string =>
  sealSecret({ ...ring, encryptWith: keyId }, bindingOf(keyId), CHECK_TEXT).text

/** Whether the ring's key of this name is the key that wrote the check row. */
function verifyKeyCheck(ring: KeyRing, keyId: string, ciphertext: string): Result<true, HubFailure> {
  if (!ring.keys.has(keyId)) {
    return err({ kind: "unsupported", message: `Key "${keyId}" is not in encryption_keys. Put it back.` })
  }
  const opened = openSecret(ring, bindingOf(keyId), ciphertext)
  return opened.ok && opened.value === CHECK_TEXT
    ? ok(true)
    : err({
        kind: "unsupported",
        message:
          `The key named "${keyId}" in encryption_keys is not the key that first had this name. ` +
          `Put the first one back, and give the new one a name of its own.`,
      })
}

/** One stored credential, as far as it concerns keys. */
export interface StoredCredential {
  readonly connectionId: string
  readonly name: string
  readonly keyId: string
  readonly ciphertext: string
}

export interface KeyUse {
  readonly keyId: string
  /**
   * `missing`: rows name it and the ring does not have it. `replaced`: the ring has another key of this name.
   * `unproven`: in the ring, and nothing speaks against it, but it has no check row yet.
   */
  readonly state: "good" | "missing" | "replaced" | "unproven"
  /** New secrets are encrypted with it. */
  readonly isFirst: boolean
  readonly credentialCount: number
  /** Credentials under this key that the ring cannot open. */
  readonly unreadable: readonly { readonly connectionId: string; readonly name: string }[]
}

const opens = (ring: KeyRing, { connectionId, name, ciphertext }: StoredCredential): boolean =>
  openSecret(ring, credentialBinding(connectionId, name), ciphertext).ok

/**
 * Whether the ring's key of this name is the one that first had it, which is what a key must be before it encrypts.
 *
 * The check row decides. Where there is none yet, credentials of the time before check rows do, if any of them opens.
 *
 * @param ownCredentials those stored under this key
 */
export function proveKey(
  ring: KeyRing,
  keyId: string,
  evidence: { readonly check: string | null; readonly ownCredentials: readonly StoredCredential[] }
): Result<true, HubFailure> {
  const { check, ownCredentials } = evidence
  const isProven = check === null && (ownCredentials.length === 0 || ownCredentials.some((own) => opens(ring, own)))
  return isProven ? ok(true) : verifyKeyCheck(ring, keyId, check ?? "")
}

const stateOf = (ring: KeyRing | null, keyId: string, evidence: Parameters<typeof proveKey>[2]): KeyUse["state"] => {
  if (!ring?.keys.has(keyId)) {
    return "missing"
  }
  if (!proveKey(ring, keyId, evidence).ok) {
    return "replaced"
  }
  return evidence.check === null ? "unproven" : "good"
}

/**
 * How the ring stands to what is stored: one entry for each key that the ring, a check row or a credential names, the
 * encrypting key first. Pure: decrypting decides nothing but itself.
 */
export function judgeKeys(
  ring: KeyRing | null,
  checks: ReadonlyMap<string, string>,
  credentials: readonly StoredCredential[]
): KeyUse[] {
  const ids = new Set([...(ring?.keys.keys() ?? []), ...credentials.map(({ keyId }) => keyId), ...checks.keys()])
  return [...ids].map((keyId) => {
    const own = credentials.filter((credential) => credential.keyId === keyId)
    const unreadable = own.filter((credential) => !ring || !opens(ring, credential))
    return {
      keyId,
      state: stateOf(ring, keyId, { check: checks.get(keyId) ?? null, ownCredentials: own }),
      isFirst: ring?.encryptWith === keyId,
      credentialCount: own.length,
      unreadable: unreadable.map(({ connectionId, name }) => ({ connectionId, name })),
    }
  })
}
