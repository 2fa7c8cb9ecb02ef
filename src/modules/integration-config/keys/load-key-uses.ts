import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { KeyRing } from "../core/envelope"
import { judgeKeys, type KeyUse, type StoredCredential } from "../core/key-check"

interface Row {
  readonly connection_id: string
  readonly name: string
  readonly key_id: string
  readonly ciphertext: string
}

const CREDENTIALS_SQL = `
  SELECT connection_id, name, key_id, ciphertext FROM hub_credential
  WHERE deleted_at IS NULL AND (CAST(:keyId AS text) IS NULL OR key_id = :keyId)`

const CHECKS_SQL = "SELECT key_id, ciphertext FROM hub_key_check WHERE deleted_at IS NULL"

/** Undeleted credentials, of all keys or of one. */
export async function loadCredentials(knex: Knex, keyId: string | null = null): Promise<StoredCredential[]> {
  const { rows } = await knex.raw<{ rows: Row[] }>(CREDENTIALS_SQL, { keyId })
  return rows.map(toStored)
}

const toStored = (row: Row): StoredCredential => ({
  connectionId: row.connection_id,
  name: row.name,
  keyId: row.key_id,
  ciphertext: row.ciphertext,
})

/**
 * Tries every stored credential and every check row with the key ring. A shop has a few credentials for each connection,
 * and opening one takes microseconds, so nothing is sampled.
 */
export async function loadKeyUses(knex: Knex, ring: KeyRing | null): Promise<KeyUse[]> {
  const credentials = await loadCredentials(knex)
  const checks = await knex.raw<{ rows: Pick<Row, "key_id" | "ciphertext">[] }>(CHECKS_SQL)
  return judgeKeys(ring, new Map(checks.rows.map((row) => [row.key_id, row.ciphertext])), credentials)
}
