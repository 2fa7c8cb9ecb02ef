import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { HubError } from "../../../lib/errors"
import { openSecret, sealSecret, type KeyRing } from "../core/envelope"
import { credentialBinding } from "../core/key-check"
import { recordKeyCheck } from "./record-key-check"

export interface RotationReport {
  /** Encrypted anew with the first key. */
  readonly rotated: number
  /** Somebody stored another secret, or another rotation was faster: what they wrote stays. */
  readonly overtaken: number
  /** The ring cannot open them. They are left exactly as they are. */
  readonly unreadable: readonly { readonly connectionId: string; readonly name: string; readonly keyId: string }[]
}

interface Row {
  readonly id: string
  readonly connection_id: string
  readonly name: string
  readonly key_id: string
  readonly ciphertext: string
}

// Deleted rows too: whoever brings one back needs its secret, and the old key may be gone by then.
const BATCH_SQL = `
  SELECT id, connection_id, name, key_id, ciphertext FROM hub_credential
  WHERE key_id <> :keyId AND id > :after ORDER BY id LIMIT :limit`

const REWRITE_SQL = `
  UPDATE hub_credential c SET ciphertext = r.sealed, key_id = :keyId, updated_at = now()
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id text, opened text, sealed text)
  WHERE c.id = r.id AND c.ciphertext = r.opened
  RETURNING c.id`

/**
 * Encrypts every credential anew with the first key of the ring, a batch at a time, while the shop runs.
 *
 * A row is rewritten only if its ciphertext is still the one that was opened, so a secret that somebody stores meanwhile
 * wins. Breaking off loses nothing: what is done is done, and the next call goes on with the rest. Calling it twice, or in
 * two processes at once, changes nothing more.
 *
 * Throws `unsupported`, before anything is rewritten, when the first key is not the one that first had its name.
 */
export async function rotateKeys(
  knex: Knex,
  ring: KeyRing,
  options: { readonly batch?: number; readonly onBatch?: (rotated: number) => void } = {}
): Promise<RotationReport> {
  const keyId = ring.encryptWith
  const checked = await recordKeyCheck(knex, ring, keyId)
  if (!checked.ok) {
    throw new HubError(checked.error)
  }
  const unreadable: RotationReport["unreadable"][number][] = []
  let [after, rotated, overtaken] = ["", 0, 0]
  for (;;) {
    const { rows } = await knex.raw<{ rows: Row[] }>(BATCH_SQL, { keyId, after, limit: options.batch ?? 100 })
    const rewrites = rows.flatMap((row) => {
      const binding = credentialBinding(row.connection_id, row.name)
      const opened = openSecret(ring, binding, row.ciphertext)
      if (!opened.ok) {
        unreadable.push({ connectionId: row.connection_id, name: row.name, keyId: row.key_id })
        return []
      }
      return [{ id: row.id, opened: row.ciphertext, sealed: sealSecret(ring, binding, opened.value).text }]
    })
    const done = await knex.raw<{ rows: { id: string }[] }>(REWRITE_SQL, { keyId, rows: JSON.stringify(rewrites) })
    rotated += done.rows.length
    overtaken += rewrites.length - done.rows.length
    options.onBatch?.(rotated)
    const last = rows.at(-1)
    if (!last) {
      return { rotated, overtaken, unreadable }
    }
    after = last.id
  }
}
