import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from "node:crypto"
import type { HubFailure } from "../../../lib/errors"
import { err, ok, type Result } from "../../../lib/result"

/**
 * Keys that secrets are encrypted with, by id. The first encrypts, all decrypt. They are key objects and not bytes, because
 * those print as nothing, however deep in a logged object they are.
 */
export interface KeyRing {
  readonly encryptWith: string
  readonly keys: ReadonlyMap<string, KeyObject>
}

/** The row that a ciphertext belongs to. Bound into it, so that it decrypts nowhere else. */
export interface EnvelopeBinding {
  readonly table: string
  readonly connectionId: string
  readonly field: string
}

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const VERSION = "v1"

const aadOf = (binding: EnvelopeBinding): Buffer =>
  Buffer.from(JSON.stringify([VERSION, binding.table, binding.connectionId, binding.field]), "utf8")

/**
 * Reads `"id:base64,id:base64"`.
 *
 * @returns a ring, or `invalid-data` that names the entry by its position and never by its content
 */
export function parseKeyRing(text: string): Result<KeyRing, HubFailure> {
  const keys = new Map<string, KeyObject>()
  for (const [index, entry] of text.split(",").entries()) {
    const separator = entry.indexOf(":")
    const id = entry.slice(0, Math.max(separator, 0)).trim()
    const encoded = entry.slice(separator + 1).trim()
    const key = Buffer.from(encoded, "base64")
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id) || key.length !== KEY_BYTES || key.toString("base64") !== encoded) {
      return err({
        kind: "invalid-data",
        message:
          `Entry ${index + 1} of encryption_keys is not "id:key" with a key of exactly 32 bytes in base64. ` +
          `Make one with: node -p "'k1:' + require('crypto').randomBytes(32).toString('base64')"`,
      })
    }
    if (keys.has(id)) {
      return err({ kind: "invalid-data", message: `Key id "${id}" appears twice in encryption_keys.` })
    }
    keys.set(id, createSecretKey(key))
  }
  const [first] = keys.keys()
  return first === undefined
    ? err({ kind: "invalid-data", message: "encryption_keys is empty." })
    : ok({ encryptWith: first, keys })
}

/** Encrypts with the ring's first key: `v1.<key id>.<iv>.<tag>.<ciphertext>`, AES-256-GCM with a random iv. */
export function sealSecret(ring: KeyRing, binding: EnvelopeBinding, secret: string): { keyId: string; text: string } {
  const keyId = ring.encryptWith
  const key = ring.keys.get(keyId) ?? Buffer.alloc(0)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(aadOf(binding))
  const ciphertext = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()])
  const parts = [iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString("base64url"))
  return { keyId, text: [VERSION, keyId, ...parts].join(".") }
}

/**
 * Decrypts what {@link sealSecret} made for the same binding.
 *
 * @returns the secret, or `auth` when the key is missing, the text was changed, or it belongs to another row
 */
export function openSecret(ring: KeyRing, binding: EnvelopeBinding, text: string): Result<string, HubFailure> {
  const [version, keyId = "", iv = "", tag = "", ciphertext = ""] = text.split(".")
  const where = `the secret "${binding.field}" of connection ${binding.connectionId}`
  const key = ring.keys.get(keyId)
  if (version !== VERSION || !key) {
    return err({
      kind: "auth",
      message: `Cannot read ${where}: key "${keyId}" is not in encryption_keys. Put it back, or enter the secret anew.`,
    })
  }
  const tagBytes = Buffer.from(tag, "base64url")
  const ivBytes = Buffer.from(iv, "base64url")
  try {
    if (tagBytes.length !== TAG_BYTES || ivBytes.length !== IV_BYTES) {
      throw new Error("malformed")
    }
    const decipher = createDecipheriv("aes-256-gcm", key, ivBytes).setAAD(aadOf(binding)).setAuthTag(tagBytes)
    return ok(Buffer.concat([decipher.update(Buffer.from(ciphertext, "base64url")), decipher.final()]).toString("utf8"))
  } catch {
    return err({
      kind: "auth",
      message: `Cannot read ${where}: it does not belong to this row or key "${keyId}" is another key now.`,
    })
  }
}
