import { generateEntityId } from "@medusajs/framework/utils"
import { imageOf, type MappingImage } from "../../modules/channel-mapping/core/plan-mapping"
import { DEFAULT_COMPANY_ID } from "../../types/ids"
import type { MappingBatchKind } from "../../types/states"
import { createListingStates } from "../listings/import-listings"
import { markListings } from "../mark"
import { query, toStorableJson, type Sql } from "../sql"
import type { LockedSubject } from "./load-subjects"

/** What is written down about a batch. */
export interface BatchDraft {
  readonly kind: MappingBatchKind
  /** For a person to read. */
  readonly scope: Readonly<Record<string, unknown>>
  /** A user id; null where nobody is known. */
  readonly requestedBy: string | null
  readonly skippedCount: number
}

export interface MappingChange {
  readonly subject: LockedSubject
  readonly after: MappingImage
}

const BATCH_SQL = `
  INSERT INTO hub_mapping_batch (id, company_id, kind, scope, requested_by, item_count, skipped_count)
  VALUES (:id, :companyId, :kind, CAST(:scope AS jsonb), :requestedBy, :itemCount, :skippedCount)`

const CHANGE_SQL = `
  WITH change AS (
    SELECT c.id, c.item_id, c.before, c.after, i.*
    FROM jsonb_to_recordset(CAST(:changes AS jsonb)) AS c(id text, item_id text, before jsonb, after jsonb),
      jsonb_to_record(c.after) AS i(variant_id text, link_state text, pack_size integer, link_evidence text,
        link_score integer, rejected_variant_ids jsonb, is_deleted boolean)
  ), updated AS (
    UPDATE hub_listing l SET variant_id = change.variant_id, link_state = change.link_state, pack_size = change.pack_size,
      link_evidence = change.link_evidence, link_score = change.link_score, rejected_variant_ids = change.rejected_variant_ids,
      suggested_variant_id = CASE WHEN change.rejected_variant_ids = COALESCE(l.rejected_variant_ids, '[]') THEN l.suggested_variant_id END,
      suggestion_score = CASE WHEN change.rejected_variant_ids = COALESCE(l.rejected_variant_ids, '[]') THEN l.suggestion_score END,
      suggestions = CASE WHEN change.rejected_variant_ids = COALESCE(l.rejected_variant_ids, '[]') THEN l.suggestions END,
      deleted_at = CASE WHEN change.is_deleted THEN COALESCE(l.deleted_at, now()) END,
      mapping_version = l.mapping_version + 1, updated_at = now()
    FROM change WHERE l.id = change.id
    RETURNING l.id, l.company_id, l.mapping_version
  )
  INSERT INTO hub_mapping_batch_item (id, company_id, batch_id, listing_id, before, after, version)
  SELECT change.item_id, updated.company_id, :batchId, change.id, change.before, change.after, updated.mapping_version
  FROM change JOIN updated ON updated.id = change.id`

/** A listing that is gone takes its states along, and brings them back. What the channel shows then is not known. */
const STATES_SQL = `
  UPDATE hub_listing_state s SET deleted_at = CASE WHEN l.deleted_at IS NULL THEN NULL ELSE now() END,
    acked = CASE WHEN l.deleted_at IS NULL THEN NULL ELSE s.acked END, updated_at = now()
  FROM hub_listing l WHERE l.id = s.listing_id AND l.id = ANY(:ids)`

/**
 * Stores a batch and makes listings what it says, in the running transaction. Everything they show becomes stale, so that
 * the numbers follow. The listings have to be locked.
 *
 * @returns the id of the batch
 */
export async function applyMapping(
  transaction: Sql,
  draft: BatchDraft,
  changes: readonly MappingChange[]
): Promise<string> {
  const batchId = generateEntityId(undefined, "hmbat")
  await query(transaction, BATCH_SQL, {
    id: batchId,
    companyId: changes[0]?.subject.company_id ?? DEFAULT_COMPANY_ID,
    kind: draft.kind,
    scope: toStorableJson(draft.scope),
    requestedBy: draft.requestedBy,
    itemCount: changes.length,
    skippedCount: draft.skippedCount,
  })
  await query(transaction, CHANGE_SQL, {
    batchId,
    changes: toStorableJson(
      changes.map(({ subject, after }, index) => ({
        id: subject.id,
        item_id: `${batchId.replace("hmbat", "hmbit")}_${String(index).padStart(5, "0")}`,
        before: imageOf(subject),
        after: imageOf(after),
      }))
    ),
  })
  await followMapping(transaction, changes)
  return batchId
}

/** Gives what is linked its states, and has every number that may be another now computed anew. */
async function followMapping(transaction: Sql, changes: readonly MappingChange[]): Promise<void> {
  const returned = changes.filter(({ subject, after }) => subject.is_deleted !== after.is_deleted)
  if (returned.length > 0) {
    await query(transaction, STATES_SQL, { ids: returned.map(({ subject }) => subject.id) })
  }
  const linked = changes.filter(({ after }) => after.link_state === "linked" && !after.is_deleted)
  for (const connectionId of new Set(linked.map(({ subject }) => subject.connection_id))) {
    await createListingStates(transaction, connectionId)
  }
  await markListings(transaction, { listingIds: changes.map(({ subject }) => subject.id) })
}
