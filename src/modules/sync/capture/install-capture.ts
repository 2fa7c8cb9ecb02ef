import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { CAPTURE_STATUS_SQL, INSTALL_CAPTURE_SQL, REMOVE_CAPTURE_SQL } from "./capture-sql"

/** One key for everything that changes the triggers, so that processes that boot together do not fight. */
const LOCK_SQL = "SELECT pg_advisory_xact_lock(hashtextextended('hub-capture', 0))"

export type CaptureStatus = "installed" | "absent" | "not-possible-yet"

/** Whether stock changes are noticed inside the database. */
export async function readCaptureStatus(knex: Knex): Promise<CaptureStatus> {
  const tables = await knex.raw<{ rows: { ready: boolean }[] }>(
    "SELECT to_regclass('inventory_level') IS NOT NULL AND to_regclass('hub_stock_change') IS NOT NULL AS ready"
  )
  if (!tables.rows[0]?.ready) {
    return "not-possible-yet"
  }
  const triggers = await knex.raw<{ rows: { installed: number }[] }>(CAPTURE_STATUS_SQL)
  return triggers.rows[0]?.installed === 3 ? "installed" : "absent"
}

/**
 * Installs the capture triggers, or brings them up to date. Safe to call from many processes and on every boot.
 *
 * Gives up after two seconds when the table is locked: a shop must not wait for us. Throws what Postgres says, for
 * example when the right to create a trigger is missing.
 *
 * @returns what there is afterwards; `not-possible-yet` before the migrations have run
 */
export async function installCapture(knex: Knex): Promise<CaptureStatus> {
  const status = await readCaptureStatus(knex)
  if (status !== "absent") {
    return status
  }
  await knex.transaction(async (transaction) => {
    await transaction.raw("SET LOCAL lock_timeout = '2s'")
    await transaction.raw(LOCK_SQL)
    await transaction.raw(INSTALL_CAPTURE_SQL)
  })
  return readCaptureStatus(knex)
}

/** Takes the capture triggers away and leaves Medusa's table as it was. */
export async function removeCapture(knex: Knex): Promise<void> {
  await knex.transaction(async (transaction) => {
    await transaction.raw("SET LOCAL lock_timeout = '2s'")
    await transaction.raw(LOCK_SQL)
    await transaction.raw(REMOVE_CAPTURE_SQL)
  })
}
