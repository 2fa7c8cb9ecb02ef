import { generateEntityId } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import { DEFAULT_PRESET } from "../../lib/access/presets"
import { planGrant, type Grant, type GrantChange } from "../../lib/access/plan-grant"
import type { HubPreset, HubSubjectType } from "../../types/access"
import { DEFAULT_COMPANY_ID } from "../../types/ids"
import { query, type Sql } from "../sql"

/** Who can reach the Admin API: people who can log in, and secret keys that were not revoked. */
const SUBJECTS_SQL = `
  SELECT u.id, 'user' AS type, u.email AS name FROM "user" u WHERE u.deleted_at IS NULL
  UNION ALL
  SELECT k.id, 'api-key', k.title FROM api_key k
  WHERE k.type = 'secret' AND k.deleted_at IS NULL AND (k.revoked_at IS NULL OR k.revoked_at > now())`

/** A grant of somebody who is gone counts for nothing: the last owner's account may have been deleted. */
const GRANTS_SQL = `
  SELECT g.subject_id AS "subjectId", g.subject_type AS "subjectType", g.preset
  FROM hub_access_grant g JOIN (${SUBJECTS_SQL}) s ON s.id = g.subject_id
  WHERE g.deleted_at IS NULL`

const PRESET_SQL = `
  SELECT (SELECT preset FROM hub_access_grant WHERE subject_id = :subjectId AND deleted_at IS NULL) AS preset,
    EXISTS (SELECT 1 FROM hub_access_grant WHERE deleted_at IS NULL) AS "hasGrants"`

/** What somebody may do, by the hub's own grants. `isOpen` as long as there is not a single grant. */
export async function loadPreset(sql: Sql, subjectId: string): Promise<{ preset: HubPreset; isOpen: boolean }> {
  const [row] = await query<{ preset: HubPreset | null; hasGrants: boolean }>(sql, PRESET_SQL, { subjectId })
  return row?.hasGrants === true
    ? { preset: row.preset ?? DEFAULT_PRESET, isOpen: false }
    : { preset: "owner", isOpen: true }
}

export interface Subject {
  readonly id: string
  readonly type: HubSubjectType
  /** E-mail address of a person, title of a key. */
  readonly name: string
  /** Null without a grant. */
  readonly granted: HubPreset | null
}

const LIST_SQL = `
  SELECT s.id, s.type, s.name, g.preset AS granted
  FROM (${SUBJECTS_SQL}) s LEFT JOIN hub_access_grant g ON g.subject_id = s.id AND g.deleted_at IS NULL
  WHERE s.id > :cursor ORDER BY s.id LIMIT :limit`

/** Everybody who can reach the Admin API, with what was granted. Pages by id. */
export const listSubjects = (
  sql: Sql,
  page: { readonly cursor: string | null; readonly limit: number }
): Promise<Subject[]> => query<Subject>(sql, LIST_SQL, { cursor: page.cursor ?? "", limit: page.limit })

const FIND_SQL = `SELECT s.id, s.type, s.name FROM (${SUBJECTS_SQL}) s WHERE s.id = :key OR lower(s.name) = lower(:key)`

const GRANT_SQL = `
  INSERT INTO hub_access_grant (id, company_id, subject_id, subject_type, preset, granted_by)
  VALUES (:id, :companyId, :subjectId, :subjectType, :preset, :grantedBy)
  ON CONFLICT (subject_id) WHERE deleted_at IS NULL
  DO UPDATE SET preset = excluded.preset, granted_by = excluded.granted_by, updated_at = now()`

/** Rows of people and keys that are gone would keep the hub from being open again. */
const FORGET_SQL = `DELETE FROM hub_access_grant g WHERE NOT EXISTS (SELECT 1 FROM (${SUBJECTS_SQL}) s WHERE s.id = g.subject_id)`

const TAKE_SQL = "DELETE FROM hub_access_grant WHERE subject_id = :subjectId"

async function write(sql: Sql, { subjectId, subjectType, preset }: GrantChange, grantedBy: string): Promise<void> {
  if (preset === null) {
    await query(sql, TAKE_SQL, { subjectId })
    return
  }
  await query(sql, GRANT_SQL, {
    id: generateEntityId(undefined, "hagr"),
    companyId: DEFAULT_COMPANY_ID,
    subjectId,
    subjectType,
    preset,
    grantedBy,
  })
}

export interface GrantOrder {
  /** Id of a user or a key; the command line takes an e-mail address or a title too. */
  readonly subject: string
  /** Null takes the grant away. */
  readonly preset: HubPreset | null
  /** Who asks; null on the command line. */
  readonly actor: { readonly id: string; readonly type: HubSubjectType } | null
}

/**
 * Says what somebody may do, one change at a time. See `planGrant` for what the first grant does and what is refused.
 * Throws `not-found` for somebody who cannot log in.
 */
export async function grantAccess(sql: Sql, { subject, preset, actor }: GrantOrder): Promise<Subject> {
  return sql.transaction(async (transaction) => {
    // Two owners who make each other less at the same moment would leave none.
    await query(transaction, "LOCK TABLE hub_access_grant IN SHARE ROW EXCLUSIVE MODE")
    const [found, ...others] = await query<Omit<Subject, "granted">>(transaction, FIND_SQL, { key: subject })
    if (!found) {
      throw new HubError({ kind: "not-found", message: `There is no user and no secret API key ${subject}.` })
    }
    if (others.length > 0) {
      throw new HubError({ kind: "invalid-data", message: `Several are called ${subject}. Give the id.` })
    }
    const grants = await query<Grant>(transaction, GRANTS_SQL)
    const plan = planGrant({ grants, actor, change: { subjectId: found.id, subjectType: found.type, preset } })
    if (!plan.ok) {
      throw new HubError(plan.error)
    }
    await query(transaction, FORGET_SQL)
    for (const change of plan.value) {
      await write(transaction, change, actor?.id ?? "cli")
    }
    return { ...found, granted: preset }
  })
}
