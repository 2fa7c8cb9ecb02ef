import { generateEntityId } from "@medusajs/framework/utils"
import type { IssueSeverity } from "../types/states"
import { query, type Sql } from "./sql"

export interface IssueDraft {
  readonly companyId: string
  readonly connectionId: string
  readonly listingId: string | null
  readonly code: string
  readonly severity: IssueSeverity
  readonly message: string
  /** Makes the same trouble the same open row. */
  readonly dedupeKey: string
}

const RAISE_SQL = `
  INSERT INTO hub_issue
    (id, company_id, connection_id, listing_id, code, severity, message, dedupe_key, occurrence_count, last_seen_at)
  SELECT DISTINCT ON (connection_id, dedupe_key)
    id, company_id, connection_id, listing_id, code, severity, message, dedupe_key, 1, clock_timestamp()
  FROM jsonb_to_recordset(CAST(:issues AS jsonb)) AS i(
    id text, company_id text, connection_id text, listing_id text, code text, severity text, message text, dedupe_key text)
  ORDER BY connection_id, dedupe_key
  ON CONFLICT (connection_id, dedupe_key) WHERE resolved_at IS NULL AND deleted_at IS NULL
  DO UPDATE SET occurrence_count = hub_issue.occurrence_count + 1, message = excluded.message,
    dismissed_at = CASE WHEN hub_issue.message = excluded.message THEN hub_issue.dismissed_at END,
    last_seen_at = excluded.last_seen_at, updated_at = now()`

/** Tells a person. An issue that is open already is counted up instead of being told twice. */
export async function raiseIssues(sql: Sql, issues: readonly IssueDraft[]): Promise<void> {
  if (issues.length === 0) {
    return
  }
  await query(sql, RAISE_SQL, {
    issues: JSON.stringify(
      issues.map((issue) => ({
        id: generateEntityId(undefined, "hiss"),
        company_id: issue.companyId,
        connection_id: issue.connectionId,
        listing_id: issue.listingId,
        code: issue.code,
        severity: issue.severity,
        message: issue.message,
        dedupe_key: issue.dedupeKey,
      }))
    ),
  })
}

const RESOLVE_SQL = `
  UPDATE hub_issue SET resolved_at = clock_timestamp(), updated_at = now()
  WHERE connection_id = :connectionId AND dedupe_key = ANY(:dedupeKeys) AND resolved_at IS NULL AND deleted_at IS NULL`

/** The trouble is over by itself: nobody should go on reading about it. */
export async function resolveIssues(sql: Sql, connectionId: string, ...dedupeKeys: readonly string[]): Promise<void> {
  if (dedupeKeys.length > 0) {
    await query(sql, RESOLVE_SQL, { connectionId, dedupeKeys })
  }
}

/** Which issues a person means: some by their ids, or all of one cause at one connection. */
export type IssueChoice = { readonly ids: readonly string[] } | { readonly connectionId: string; readonly code: string }

const CHOSEN_SQL = `
  deleted_at IS NULL AND (id = ANY(:ids) OR (connection_id = CAST(:connectionId AS text) AND code = CAST(:code AS text)))`

const CHANGE_SQL = {
  dismiss: `
    UPDATE hub_issue SET dismissed_at = clock_timestamp(), closed_by = :by, updated_at = now()
    WHERE resolved_at IS NULL AND dismissed_at IS NULL AND ${CHOSEN_SQL} RETURNING id`,
  resolve: `
    UPDATE hub_issue SET resolved_at = clock_timestamp(), closed_by = :by, updated_at = now()
    WHERE resolved_at IS NULL AND ${CHOSEN_SQL} RETURNING id`,
  reopen: `
    UPDATE hub_issue SET dismissed_at = NULL, closed_by = NULL, updated_at = now()
    WHERE resolved_at IS NULL AND dismissed_at IS NOT NULL AND ${CHOSEN_SQL} RETURNING id`,
} as const

export type IssueChange = keyof typeof CHANGE_SQL

/**
 * Dismisses issues until they say something else, resolves them, or shows dismissed ones again.
 *
 * @returns how many that changed
 */
export async function changeIssues(
  sql: Sql,
  change: IssueChange,
  { choice, by }: { readonly choice: IssueChoice; readonly by: string }
): Promise<number> {
  const isByIds = "ids" in choice
  const changed = await query(sql, CHANGE_SQL[change], {
    ids: isByIds ? choice.ids : [],
    connectionId: isByIds ? null : choice.connectionId,
    code: isByIds ? null : choice.code,
    ...(change === "reopen" ? {} : { by }),
  })
  return changed.length
}
