import { generateEntityId } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import { query, type Sql } from "../sql"
import { applyMapping } from "./apply-mapping"
import { assertVariants } from "./change-listings"
import { lockSubjects } from "./load-subjects"

export interface NewListing {
  readonly connectionId: string
  /** The channel's own id of it. */
  readonly externalId: string
  readonly externalSku: string | null
  readonly title: string | null
  readonly variantId: string
  readonly packSize: number
}

/** Born deleted and brought to life by a batch, so that undoing it is like undoing anything else. */
const INSERT_SQL = `
  INSERT INTO hub_listing (id, company_id, connection_id, external_id, external_sku, title, pack_size, link_state, deleted_at)
  SELECT :id, c.company_id, c.id, :externalId, CAST(:externalSku AS text),
    COALESCE(CAST(:title AS text), CAST(:externalSku AS text), :externalId), 1, 'unlinked', now()
  FROM hub_connection c WHERE c.id = :connectionId AND c.deleted_at IS NULL
  RETURNING id`

const TWIN_SQL = `
  SELECT id FROM hub_listing WHERE connection_id = :connectionId AND external_id = :externalId AND deleted_at IS NULL`

/**
 * Notes a listing that is there on the channel but was never imported, and links it. Whether it really is there shows with
 * the first write: the channel says that it does not know it.
 *
 * Fails with `not-found` for an unknown connection, with `conflict` when the listing is known already.
 */
export function createListing(
  sql: Sql,
  listing: NewListing,
  requestedBy: string | null
): Promise<{ readonly id: string; readonly batchId: string }> {
  return sql.transaction(async (transaction) => {
    const { connectionId, externalId, externalSku, title, variantId, packSize } = listing
    await assertVariants(transaction, [variantId])
    const [twin] = await query<{ id: string }>(transaction, TWIN_SQL, { connectionId, externalId })
    if (twin) {
      throw new HubError({
        kind: "conflict",
        message: `The listing ${externalId} of this channel is known already, as ${twin.id}. Link that one.`,
      })
    }
    const id = generateEntityId(undefined, "hlst")
    const [created] = await query(transaction, INSERT_SQL, { id, connectionId, externalId, externalSku, title })
    if (!created) {
      throw new HubError({ kind: "not-found", message: `There is no connection ${connectionId}.` })
    }
    const [subject] = await lockSubjects(transaction, [id])
    if (!subject) {
      throw new HubError({ kind: "bug", message: `The listing ${id} is gone before it was there.` })
    }
    const after = {
      ...subject,
      variant_id: variantId,
      link_state: "linked",
      link_evidence: "person",
      link_score: null,
      pack_size: packSize,
      is_deleted: false,
    } as const
    const draft = { kind: "create", scope: { external_id: externalId }, requestedBy, skippedCount: 0 } as const
    return { id, batchId: await applyMapping(transaction, draft, [{ subject, after }]) }
  })
}
