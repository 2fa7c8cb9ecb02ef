import { query, type Sql } from "./sql"

/** Where the counter of what was sold stops: an absurd reservation must not break the marking of everything else. */
const MOST_SOLD = 2_000_000_000

/*
 * Marks the states of a `hit` relation (state_id, caused_at, urgency, changes, cause, sold) stale, in one statement. Rows
 * are locked in the order of their ids first, so that two markers and a lane can never wait for each other in a circle.
 *
 * Every join goes from few rows to a key that has an index, and the stages are materialised, because the planner cannot
 * know how many changes were captured: left free, it once compared every change with every listing for minutes.
 */
const MARK_HITS_SQL = `
  locked AS MATERIALIZED (
    SELECT s.id, hit.caused_at, hit.urgency, hit.changes, hit.cause, hit.sold
    FROM hit JOIN hub_listing_state s ON s.id = hit.state_id
    WHERE s.deleted_at IS NULL
    ORDER BY s.id FOR UPDATE OF s
  ), marked AS (
    UPDATE hub_listing_state s SET
      stale_version = s.stale_version + 1,
      stale_since = LEAST(s.stale_since, locked.caused_at),
      priority = GREATEST(s.priority, locked.urgency),
      change_count = s.change_count + locked.changes,
      sold_units = LEAST(s.sold_units::bigint + locked.sold, ${MOST_SOLD})::int,
      cause = CASE WHEN 'edit' IN (s.cause, locked.cause) THEN 'edit' WHEN 'other' IN (s.cause, locked.cause) THEN 'other'
        ELSE locked.cause END,
      state = 'pending',
      updated_at = now()
    FROM locked
    WHERE s.id = locked.id
    RETURNING s.id
  )`

/** An edit is never hidden by a sale; see `strongerCause`, which says the same of one row. */
const STRONGEST_CAUSE_SQL = (relation: string): string =>
  `CASE WHEN bool_or(${relation}.cause = 'edit') THEN 'edit' WHEN bool_or(${relation}.cause = 'other') THEN 'other' ELSE 'sale' END`

/** From changed (item, location) pairs to every state that depends on them: kits and packs by the variant's items. */
const FAN_OUT_SQL = ({ stampedAt = "NULL::timestamptz", condition = "" } = {}): string => `
  concerned AS MATERIALIZED (
    SELECT l.id AS listing_id, change.location_id, min(change.caused_at) AS caused_at, max(change.urgency) AS urgency,
      sum(change.changes)::int AS changes, ${stampedAt} AS stamped_at, ${STRONGEST_CAUSE_SQL("change")} AS cause,
      LEAST(sum(ceil(change.sold / kit.required_quantity)), ${MOST_SOLD})::int AS sold
    FROM change
    JOIN product_variant_inventory_item kit ON kit.inventory_item_id = change.inventory_item_id AND kit.deleted_at IS NULL
    JOIN hub_listing l ON l.variant_id = kit.variant_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
    GROUP BY l.id, change.location_id
  ), hit AS MATERIALIZED (
    SELECT s.id AS state_id, GREATEST(min(concerned.caused_at), s.created_at) AS caused_at, max(concerned.urgency) AS urgency,
      sum(concerned.changes)::int AS changes, ${STRONGEST_CAUSE_SQL("concerned")} AS cause, LEAST(sum(concerned.sold), ${MOST_SOLD})::int AS sold
    FROM concerned JOIN hub_listing_state s ON s.listing_id = concerned.listing_id AND s.deleted_at IS NULL
    WHERE EXISTS (
      SELECT 1 FROM hub_location_mapping mapping
      WHERE mapping.connection_id = s.connection_id AND mapping.stock_location_id = concerned.location_id
        AND mapping.external_location_id = s.external_location_id AND mapping.deleted_at IS NULL)
      ${condition}
    GROUP BY s.id
  )`

const DRAIN_SQL = `
  WITH drained AS (
    DELETE FROM hub_stock_change WHERE id = ANY(ARRAY(
      SELECT id FROM hub_stock_change ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED))
    RETURNING inventory_item_id, location_id, caused_at, urgency, sold, is_edit
  ), change AS MATERIALIZED (
    SELECT inventory_item_id, location_id, min(caused_at) AS caused_at, max(urgency)::int AS urgency, count(*) AS changes,
      sum(sold) AS sold,
      CASE WHEN bool_or(is_edit) THEN 'edit' WHEN bool_or(is_edit IS NULL) THEN 'other' ELSE 'sale' END AS cause
    FROM drained GROUP BY 1, 2
  ), ${FAN_OUT_SQL()}, ${MARK_HITS_SQL}
  SELECT (SELECT count(*) FROM drained)::int AS drained, (SELECT count(*) FROM marked)::int AS marked`

const COUNT_SQL = "SELECT count(*)::int AS marked FROM marked"

/**
 * Takes captured stock changes and marks every listing state that depends on them, in one transaction.
 *
 * Never a watermark over ids: transactions commit in another order than they draw their ids.
 *
 * @returns how many changes were taken; when it is `limit` there may be more
 */
export async function drainStockChanges(sql: Sql, limit = 5_000): Promise<number> {
  const [pending] = await query<{ pending: boolean }>(sql, "SELECT EXISTS (SELECT 1 FROM hub_stock_change) AS pending")
  if (!pending?.pending) {
    return 0
  }
  const [result] = await query<{ drained: number }>(sql, DRAIN_SQL, { limit })
  return result?.drained ?? 0
}

/** A hint, for example an event of Medusa: these items may have changed, at any location. */
export async function markInventoryItems(sql: Sql, inventoryItemIds: readonly string[]): Promise<number> {
  const [result] = await query<{ marked: number }>(
    sql,
    `WITH change AS (
       SELECT level.inventory_item_id, level.location_id, clock_timestamp() AS caused_at, 0 AS urgency, 1 AS changes,
         0 AS sold, 'other' AS cause
       FROM inventory_level level WHERE level.inventory_item_id = ANY(:inventoryItemIds)
     ), ${FAN_OUT_SQL()}, ${MARK_HITS_SQL} ${COUNT_SQL}`,
    { inventoryItemIds }
  )
  return result?.marked ?? 0
}

/**
 * Levels that changed within the last seconds and that no claim has looked at since, whoever changed them and whether or
 * not anybody said so. Most of them turn out right already, so their cause is now: the age of a change that was answered
 * long ago must not be added to the next one.
 */
export async function markRecentlyUpdatedLevels(sql: Sql, withinSeconds: number): Promise<number> {
  const [result] = await query<{ marked: number }>(
    sql,
    `WITH change AS MATERIALIZED (
       SELECT level.inventory_item_id, level.location_id, level.updated_at AS stamped_at, clock_timestamp() AS caused_at,
         0 AS urgency, 1 AS changes, 0 AS sold, 'other' AS cause
       FROM inventory_level level WHERE level.updated_at > now() - make_interval(secs => :withinSeconds)
     ), ${FAN_OUT_SQL({ stampedAt: "max(change.stamped_at)", condition: "AND s.updated_at < concerned.stamped_at + make_interval(secs => :marginSeconds)" })},
     ${MARK_HITS_SQL} ${COUNT_SQL}`,
    { withinSeconds, marginSeconds: STAMP_MARGIN_SECONDS }
  )
  return result?.marked ?? 0
}

/** How long after its stamp a change may become visible. */
const STAMP_MARGIN_SECONDS = 15

const CHUNK = 500

const MARK_CHUNK_SQL = `
  WITH chunk AS MATERIALIZED (
    SELECT s.id AS state_id, s.stale_version > s.acked_version AS is_pending
    FROM hub_listing_state s
    WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL AND s.id > :after
    ORDER BY s.id LIMIT :limit
  ), hit AS MATERIALIZED (
    SELECT state_id, clock_timestamp() AS caused_at, 0 AS urgency, 1 AS changes, 0 AS sold, 'other' AS cause
    FROM chunk WHERE NOT is_pending
  ), ${MARK_HITS_SQL}
  SELECT (SELECT count(*) FROM marked)::int AS marked, (SELECT max(state_id) FROM chunk) AS last`

/**
 * Everything that a connection shows, a few hundred rows at a time, so that neither a sale nor a lane ever waits for it.
 * What is pending already is left as it is.
 */
export async function markConnection(sql: Sql, connectionId: string): Promise<number> {
  let after: string | null = ""
  let marked = 0
  while (after !== null) {
    const [chunk]: { marked: number; last: string | null }[] = await query(sql, MARK_CHUNK_SQL, {
      connectionId,
      after,
      limit: CHUNK,
    })
    marked += chunk?.marked ?? 0
    after = chunk?.last ?? null
  }
  return marked
}

/** Everything that these variants or listings show: after a change of a mapping, a kit or a variant. */
export async function markListings(
  sql: Sql,
  scope: {
    readonly variantIds?: readonly string[]
    readonly listingIds?: readonly string[]
  }
): Promise<number> {
  const [result] = await query<{ marked: number }>(
    sql,
    `WITH hit AS (
       SELECT s.id AS state_id, clock_timestamp() AS caused_at, 0 AS urgency, 1 AS changes, 0 AS sold, 'other' AS cause
       FROM hub_listing l JOIN hub_listing_state s ON s.listing_id = l.id AND s.deleted_at IS NULL
       WHERE l.deleted_at IS NULL AND (l.variant_id = ANY(:variantIds) OR l.id = ANY(:listingIds))
     ), ${MARK_HITS_SQL} ${COUNT_SQL}`,
    {
      variantIds: scope.variantIds ?? [],
      listingIds: scope.listingIds ?? [],
    }
  )
  return result?.marked ?? 0
}

const FREED_SQL = `
  INSERT INTO hub_stock_change (inventory_item_id, location_id)
  SELECT DISTINCT kit.inventory_item_id, mapping.stock_location_id
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id
  JOIN product_variant_inventory_item kit ON kit.variant_id = l.variant_id AND kit.deleted_at IS NULL
  JOIN hub_location_mapping mapping ON mapping.connection_id = s.connection_id
    AND mapping.external_location_id = s.external_location_id AND mapping.deleted_at IS NULL
  WHERE s.id = ANY(:stateIds)`

/**
 * These exclusive rows may be showing less than before: others that draw on the same stock may be given what became free.
 * Noted like a change of the stock itself, which takes no lock on their rows, and by the transaction that confirms it, so that
 * no crash can come in between.
 */
export const noteFreedUnits = (transaction: Sql, stateIds: readonly string[]): Promise<unknown> =>
  query(transaction, FREED_SQL, { stateIds })

/**
 * Nobody knows what a channel shows, for example because it was connected anew: everything is written once more, whatever
 * was accepted before.
 */
export async function markConnectionUnknown(sql: Sql, connectionId: string): Promise<void> {
  await query(
    sql,
    `WITH locked AS (
       SELECT s.id FROM hub_listing_state s WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL ORDER BY s.id FOR UPDATE
     )
     UPDATE hub_listing_state s SET acked = NULL, stale_version = s.stale_version + 1, unknown_version = s.stale_version + 1,
       change_count = s.change_count + 1, stale_since = LEAST(s.stale_since, clock_timestamp()), next_attempt_at = NULL,
       cause = COALESCE(NULLIF(s.cause, 'sale'), 'other'), touched_at = clock_timestamp(), state = 'pending', updated_at = now()
     FROM locked WHERE s.id = locked.id`,
    { connectionId }
  )
}
