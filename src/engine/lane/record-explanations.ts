import { generateEntityId } from "@medusajs/framework/utils"
import { query, type Sql } from "../sql"

export interface ExplanationDraft {
  readonly stateId: string
  readonly companyId: string
  readonly connectionId: string
  readonly listingId: string
  readonly externalLocationId: string
  readonly quantity: number
  /** The compact input vector. */
  readonly inputs: unknown
  /** Milliseconds of the database's clock. */
  readonly causedAt: number | null
}

const RECORD_SQL = `
  WITH draft AS (
    SELECT * FROM jsonb_to_recordset(CAST(:drafts AS jsonb)) AS d(
      id text, state_id text, company_id text, connection_id text, listing_id text, external_location_id text,
      quantity integer, inputs jsonb, caused_at float8)
  ), explained AS (
    INSERT INTO hub_explanation
      (id, company_id, connection_id, listing_id, external_location_id, quantity, inputs, caused_at, computed_at)
    SELECT id, company_id, connection_id, listing_id, external_location_id, quantity, inputs,
      COALESCE(to_timestamp(caused_at / 1000), clock_timestamp()), clock_timestamp()
    FROM draft
  ), locked AS (
    SELECT s.id, draft.id AS explanation_id, draft.quantity
    FROM draft JOIN hub_listing_state s ON s.id = draft.state_id
    WHERE s.lease_token = :token ORDER BY s.id FOR UPDATE OF s
  )
  UPDATE hub_listing_state s SET explanation_id = locked.explanation_id, desired = locked.quantity,
    exposed = CASE WHEN :isSent THEN GREATEST(COALESCE(s.exposed, 0), COALESCE(s.acked, 0), locked.quantity) ELSE s.exposed END
  FROM locked WHERE s.id = locked.id`

/**
 * Stores why each quantity is about to be sent, and only then may it be sent: a number on a channel that nobody can
 * explain does not exist, not even after a crash. What is about to be sent counts as live from here on (`raiseExposure` says
 * the same of one row).
 *
 * @returns the ids, in the order of the drafts
 */
export async function recordExplanations(
  sql: Sql,
  token: string,
  drafts: readonly ExplanationDraft[],
  purpose: "send" | "preview"
): Promise<string[]> {
  // One random draw for all: sixteen for each row took more time than everything else that is done with it.
  const batchId = generateEntityId(undefined, "hexp")
  const ids = drafts.map((_, index) => `${batchId}_${String(index).padStart(4, "0")}`)
  await query(sql, RECORD_SQL, {
    token,
    isSent: purpose === "send",
    drafts: JSON.stringify(
      drafts.map((draft, index) => ({
        id: ids[index],
        state_id: draft.stateId,
        company_id: draft.companyId,
        connection_id: draft.connectionId,
        listing_id: draft.listingId,
        external_location_id: draft.externalLocationId,
        quantity: draft.quantity,
        inputs: draft.inputs,
        caused_at: draft.causedAt,
      }))
    ),
  })
  return ids
}

const SETTLE_SQL = `
  UPDATE hub_explanation e SET outcome = r.outcome, settled_at = clock_timestamp()
  FROM jsonb_to_recordset(CAST(:results AS jsonb)) AS r(id text, outcome text)
  WHERE e.id = r.id AND e.computed_at > now() - interval '1 hour' AND e.computed_at < now() + interval '1 minute'`

/** Notes what the channel made of each quantity. The time bounds keep the update out of the partitions of other days. */
export async function settleExplanations(
  sql: Sql,
  results: readonly { readonly id: string; readonly outcome: string }[]
): Promise<void> {
  await query(sql, SETTLE_SQL, { results: JSON.stringify(results) })
}
