import type { MappingSubject } from "../../modules/channel-mapping/core/plan-mapping"
import { query, type Sql } from "../sql"

/** Most listings that one batch may change. */
export const MOST_IN_BATCH = 10_000

const COLUMNS = `
  l.id, l.company_id, l.connection_id, l.variant_id, l.link_state, l.pack_size, l.link_evidence, l.link_score,
  COALESCE(l.rejected_variant_ids, '[]') AS rejected_variant_ids, l.deleted_at IS NOT NULL AS is_deleted, l.mapping_version,
  l.suggested_variant_id, l.suggestion_score, COALESCE(l.suggestions, '[]') AS suggestions`

export interface LockedSubject extends MappingSubject {
  readonly company_id: string
}

/** Reads listings, deleted ones too, and keeps everybody else from changing them until the transaction ends. */
export const lockSubjects = (transaction: Sql, ids: readonly string[]): Promise<LockedSubject[]> =>
  query<LockedSubject>(
    transaction,
    `SELECT ${COLUMNS} FROM hub_listing l WHERE l.id = ANY(:ids) ORDER BY l.id FOR UPDATE`,
    { ids }
  )
