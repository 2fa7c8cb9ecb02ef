import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import type { HubFailure } from "../../../lib/errors"
import type { Result } from "../../../lib/result"
import { DEFAULT_COMPANY_ID } from "../../../types/ids"
import type { KeyRing } from "../core/envelope"
import { proveKey, sealKeyCheck } from "../core/key-check"
import { loadCredentials } from "./load-key-uses"

async function findCheck(knex: Knex, keyId: string): Promise<string | null> {
  const { rows } = await knex.raw<{ rows: { ciphertext: string }[] }>(
    "SELECT ciphertext FROM hub_key_check WHERE key_id = :keyId AND deleted_at IS NULL",
    { keyId }
  )
  return rows[0]?.ciphertext ?? null
}

/**
 * Gives a key of the ring its check row, unless it has one or is not the key that wrote what is stored under its name.
 *
 * @returns `unsupported` when another key first had this name
 */
export async function recordKeyCheck(knex: Knex, ring: KeyRing, keyId: string): Promise<Result<true, HubFailure>> {
  const check = await findCheck(knex, keyId)
  const proof = proveKey(ring, keyId, {
    check,
    ownCredentials: check === null ? await loadCredentials(knex, keyId) : [],
  })
  if (!proof.ok || check !== null) {
    return proof
  }
  await knex.raw(
    `INSERT INTO hub_key_check (id, company_id, key_id, ciphertext) VALUES (:id, :companyId, :keyId, :ciphertext)
     ON CONFLICT (key_id) WHERE deleted_at IS NULL DO NOTHING`,
    {
      id: generateEntityId(undefined, "hkeyc"),
      companyId: DEFAULT_COMPANY_ID,
      keyId,
      ciphertext: sealKeyCheck(ring, keyId),
    }
  )
  // Another process may have been first, perhaps with another key.
  return proveKey(ring, keyId, { check: await findCheck(knex, keyId), ownCredentials: [] })
}
