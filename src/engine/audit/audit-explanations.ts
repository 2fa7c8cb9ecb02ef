import { recompute } from "../../lib/quantity"
import { query, type Sql } from "../sql"

export interface AuditRequest {
  /** How many explanations, and how many acknowledged numbers, to look at. */
  readonly sample: number
  /** The same seed looks at the same rows, as long as they are there. */
  readonly seed: number
}

/** A number that does not follow from what was stored about it. */
export interface AuditMismatch {
  readonly kind: "explanation" | "acknowledged"
  /** Id of the explanation. */
  readonly explanation_id: string
  readonly company_id: string
  readonly connection_id: string
  readonly listing_id: string
  /** What was stored or acknowledged. */
  readonly stored: number | null
  /** What follows from the stored inputs; null when nothing does. */
  readonly recomputed: number | null
  readonly reason: string
}

export interface AuditReport {
  /** Explanations recomputed. */
  readonly explanations: number
  /** Acknowledged numbers compared with the explanation that they name. */
  readonly acknowledged: number
  /** Of another version of the formula: this code cannot tell. */
  readonly unsupported: number
  readonly mismatches: readonly AuditMismatch[]
}

export interface ExplanationRow {
  readonly id: string
  readonly company_id: string
  readonly connection_id: string
  readonly listing_id: string
  readonly quantity: number
  readonly inputs: unknown
}

export interface AcknowledgedRow extends ExplanationRow {
  readonly acked: number
  readonly desired: number | null
  /** The channel itself said that it shows this, or another explanation of this listing gave it. */
  readonly is_known_otherwise: boolean
}

type Verdict = "verified" | "unsupported" | AuditMismatch

const mismatchOf = (
  row: ExplanationRow,
  mismatch: Pick<AuditMismatch, "kind" | "stored" | "recomputed" | "reason">
): AuditMismatch => ({
  explanation_id: row.id,
  company_id: row.company_id,
  connection_id: row.connection_id,
  listing_id: row.listing_id,
  ...mismatch,
})

/** Whether an explanation's quantity follows from its inputs. Pure. */
export function judgeExplanation(row: ExplanationRow): Verdict {
  const again = recompute(row.inputs)
  if (!again.ok) {
    return again.error.kind === "unsupported"
      ? "unsupported"
      : mismatchOf(row, {
          kind: "explanation",
          stored: row.quantity,
          recomputed: null,
          reason: again.error.message,
        })
  }
  const recomputed = again.value.kind === "show" ? again.value.quantity : null
  return recomputed === row.quantity
    ? "verified"
    : mismatchOf(row, {
        kind: "explanation",
        stored: row.quantity,
        recomputed,
        reason: "The stored inputs give another quantity.",
      })
}

/**
 * Whether the number that a channel accepted is the one that it should show, and follows from an explanation. Pure.
 *
 * The newest explanation may be of a number that was never sent, because it turned out right before; then an older one, or
 * the channel's own word, accounts for it.
 */
export function judgeAcknowledged(row: AcknowledgedRow): Verdict {
  const isExplained = row.acked === row.quantity || row.is_known_otherwise
  return row.acked === row.desired && isExplained
    ? judgeExplanation(row)
    : mismatchOf(row, {
        kind: "acknowledged",
        stored: row.acked,
        recomputed: row.quantity,
        reason: `The channel accepted ${row.acked}, the hub wants ${row.desired ?? "unknown"}, and the explanation says ${row.quantity}.`,
      })
}

const ESTIMATE_SQL = `
  SELECT COALESCE(sum(GREATEST(c.reltuples, 0)), 0)::float8 AS rows FROM pg_class c
  WHERE c.oid = to_regclass(:table) OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass(:table))`

/** Pages to read, so that a table of any size costs about the same. Of a small or unknown table everything. Pure. */
export function samplePercent(rows: number, sample: number): number {
  const WIDE = 10
  return rows <= sample * WIDE ? 100 : Math.max((100 * sample * WIDE) / rows, 0.001)
}

const EXPLANATIONS_SQL = `
  SELECT e.id, e.company_id, e.connection_id, e.listing_id, e.quantity, e.inputs
  FROM hub_explanation e TABLESAMPLE SYSTEM (:percent) REPEATABLE (:seed)
  ORDER BY md5(e.id || CAST(:seed AS text)) LIMIT :sample`

// Rows on their way are left out: what they show is being changed at this moment.
const ACKNOWLEDGED_SQL = `
  SELECT e.id, e.company_id, e.connection_id, e.listing_id, e.quantity, e.inputs, s.acked, s.desired,
    e.quantity <> s.acked AND (s.observed IS NOT DISTINCT FROM s.acked OR EXISTS (
      SELECT 1 FROM hub_explanation other
      WHERE other.listing_id = s.listing_id AND other.external_location_id = s.external_location_id
        AND other.quantity = s.acked)) AS is_known_otherwise
  FROM (
    SELECT * FROM hub_listing_state TABLESAMPLE SYSTEM (:percent) REPEATABLE (:seed)
    WHERE state = 'in-sync' AND acked IS NOT NULL AND lease_token IS NULL AND stale_version <= acked_version
      AND explanation_id IS NOT NULL AND deleted_at IS NULL
    ORDER BY md5(id || CAST(:seed AS text)) LIMIT :sample
  ) s JOIN hub_explanation e ON e.id = s.explanation_id`

async function sampleRows<Row>(sql: Sql, table: string, statement: string, request: AuditRequest): Promise<Row[]> {
  const [estimate] = await query<{ rows: number }>(sql, ESTIMATE_SQL, { table })
  const percent = samplePercent(estimate?.rows ?? 0, request.sample)
  return query<Row>(sql, statement, { percent, seed: request.seed, sample: request.sample })
}

const isMismatch = (verdict: Verdict): verdict is AuditMismatch => typeof verdict === "object"

/**
 * Recomputes a sample of explanations from their stored inputs, and compares a sample of acknowledged numbers with the
 * explanation that they name. Reads only.
 */
export async function auditExplanations(sql: Sql, request: AuditRequest): Promise<AuditReport> {
  const explanations = await sampleRows<ExplanationRow>(sql, "hub_explanation", EXPLANATIONS_SQL, request)
  const acknowledged = await sampleRows<AcknowledgedRow>(sql, "hub_listing_state", ACKNOWLEDGED_SQL, request)
  const verdicts = [...explanations.map(judgeExplanation), ...acknowledged.map(judgeAcknowledged)]
  const mismatches = verdicts.filter(isMismatch)
  return {
    explanations: explanations.length,
    acknowledged: acknowledged.length,
    unsupported: verdicts.filter((verdict) => verdict === "unsupported").length,
    // One explanation may be found both ways.
    mismatches: [...new Map(mismatches.map((found) => [`${found.kind}:${found.explanation_id}`, found])).values()],
  }
}
