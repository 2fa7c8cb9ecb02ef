import { HubError } from "../../lib/errors"
import type { MappingImage } from "../../modules/channel-mapping/core/plan-mapping"
import type { HubMappingLeft } from "../../types/http/mapping"
import { query, type Sql } from "../sql"
import { applyMapping, type MappingChange } from "./apply-mapping"
import { lockSubjects } from "./load-subjects"

interface BatchRow {
  readonly id: string
  readonly kind: string
  readonly undone_at: string | null
}

interface ItemRow {
  readonly listing_id: string
  readonly before: MappingImage
  readonly version: number
}

const ITEMS_SQL = `
  SELECT listing_id, before, version FROM hub_mapping_batch_item WHERE batch_id = :batchId AND deleted_at IS NULL`

/** Deleted listings whose place another one has taken meanwhile, for example one that was imported. */
const REPLACED_SQL = `
  SELECT l.id FROM hub_listing l WHERE l.id = ANY(:ids) AND l.deleted_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM hub_listing other WHERE other.connection_id = l.connection_id AND other.external_id = l.external_id
      AND other.deleted_at IS NULL)`

const SETTLE_SQL = `
  WITH settled AS (
    UPDATE hub_mapping_batch_item SET is_undone = NOT (listing_id = ANY(:left)), updated_at = now()
    WHERE batch_id = :batchId AND deleted_at IS NULL
  )
  UPDATE hub_mapping_batch SET undone_at = clock_timestamp(), undone_by = :undoneBy, left_count = :leftCount, updated_at = now()
  WHERE id = :batchId`

/** The first batch that changed a listing after this one. Nobody is known where an import did it. */
const LEFT_SQL = `
  SELECT l.id AS listing_id, l.external_sku, l.title, later.requested_by AS changed_by, later.created_at AS changed_at
  FROM hub_listing l
  LEFT JOIN LATERAL (
    SELECT b.requested_by, b.created_at
    FROM hub_mapping_batch_item i JOIN hub_mapping_batch b ON b.id = i.batch_id
    JOIN hub_mapping_batch_item own ON own.batch_id = :batchId AND own.listing_id = i.listing_id
    WHERE i.listing_id = l.id AND i.version > own.version ORDER BY i.version LIMIT 1
  ) later ON true
  WHERE l.id = ANY(:ids) ORDER BY l.id LIMIT 100`

export interface UndoReport {
  /** The undoing is a batch of its own, and can be undone. Null when every listing had changed since. */
  readonly batchId: string | null
  readonly undoneCount: number
  readonly leftCount: number
  /** The first hundred. */
  readonly left: readonly HubMappingLeft[]
}

async function lockBatch(transaction: Sql, batchId: string): Promise<BatchRow> {
  const [batch] = await query<BatchRow>(
    transaction,
    "SELECT id, kind, undone_at FROM hub_mapping_batch WHERE id = :batchId AND deleted_at IS NULL FOR UPDATE",
    { batchId }
  )
  if (!batch) {
    throw new HubError({ kind: "not-found", message: `There is no batch ${batchId}.` })
  }
  if (batch.undone_at !== null) {
    throw new HubError({ kind: "conflict", message: `Batch ${batchId} has been undone already.` })
  }
  return batch
}

/**
 * Makes the listings of a batch what they were before it, except those that anything else has changed since: they are left
 * alone and named.
 */
export function undoBatch(sql: Sql, batchId: string, undoneBy: string | null): Promise<UndoReport> {
  return sql.transaction(async (transaction) => {
    const batch = await lockBatch(transaction, batchId)
    const items = await query<ItemRow>(transaction, ITEMS_SQL, { batchId })
    const subjects = await lockSubjects(
      transaction,
      items.map((item) => item.listing_id)
    )
    const byId = new Map(subjects.map((subject) => [subject.id, subject]))
    const replaced = await query<{ id: string }>(transaction, REPLACED_SQL, { ids: [...byId.keys()] })
    const gone = new Set(replaced.map(({ id }) => id))
    const changes: MappingChange[] = []
    const left: string[] = []
    for (const item of items) {
      const subject = byId.get(item.listing_id)
      if (subject?.mapping_version === item.version && !(gone.has(subject.id) && !item.before.is_deleted)) {
        changes.push({ subject, after: item.before })
      } else {
        left.push(item.listing_id)
      }
    }
    const undoId =
      changes.length === 0
        ? null
        : await applyMapping(
            transaction,
            {
              kind: "undo",
              scope: { undoes: batchId, undoes_kind: batch.kind },
              requestedBy: undoneBy,
              skippedCount: left.length,
            },
            changes
          )
    await query(transaction, SETTLE_SQL, { batchId, left, undoneBy, leftCount: left.length })
    return {
      batchId: undoId,
      undoneCount: changes.length,
      leftCount: left.length,
      left: await query<HubMappingLeft>(transaction, LEFT_SQL, { batchId, ids: left }),
    }
  })
}
