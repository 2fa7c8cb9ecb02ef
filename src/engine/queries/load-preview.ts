import { query, type Sql } from "../sql"

/** What going live would do to a channel, against a snapshot of what it shows. */
export interface Preview {
  readonly snapshot_id: string
  readonly taken_at: string
  readonly total: number
  /** Numbers that would stay as they are. */
  readonly same: number
  /** Those that go to zero are counted apart. */
  readonly lower: number
  readonly higher: number
  /** Those that would be sold out. */
  readonly to_zero: number
  /** The channel did not say what it shows, so nobody knows whether the number would change. */
  readonly unknown: number
  /** Nothing would be written, for example because the variant has no inventory item. */
  readonly left_alone: number
  /** Not computed yet. */
  readonly pending: number
  /** What goes to zero, what goes down, what goes up: the 25 largest differences of each. */
  readonly rows: readonly PreviewRow[]
}

export interface PreviewRow {
  readonly listing_id: string
  readonly external_location_id: string
  readonly external_sku: string | null
  readonly title: string
  readonly shown: number | null
  readonly would_show: number
}

const LATEST_SQL = `
  SELECT id AS snapshot_id, taken_at FROM hub_snapshot
  WHERE connection_id = :connectionId AND completed_at IS NOT NULL AND deleted_at IS NULL ORDER BY taken_at DESC LIMIT 1`

const COMPARED_SQL = `
  FROM hub_listing_state s
  JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  LEFT JOIN hub_snapshot_item i ON i.snapshot_id = :snapshotId AND i.listing_state_id = s.id AND i.deleted_at IS NULL
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL`

/** Computed and waiting for a person, or right already. */
const IS_COMPUTED = "(s.state IN ('held', 'in-sync') AND s.desired IS NOT NULL)"

const COUNT_SQL = `
  SELECT count(*)::int AS total,
    count(*) FILTER (WHERE ${IS_COMPUTED} AND s.desired = i.quantity)::int AS same,
    count(*) FILTER (WHERE ${IS_COMPUTED} AND s.desired < i.quantity AND s.desired > 0)::int AS lower,
    count(*) FILTER (WHERE ${IS_COMPUTED} AND s.desired > i.quantity)::int AS higher,
    count(*) FILTER (WHERE ${IS_COMPUTED} AND s.desired = 0 AND i.quantity > 0)::int AS to_zero,
    count(*) FILTER (WHERE ${IS_COMPUTED} AND i.quantity IS NULL)::int AS unknown,
    count(*) FILTER (WHERE s.state IN ('skipped', 'failed'))::int AS left_alone,
    count(*) FILTER (WHERE s.state NOT IN ('skipped', 'failed') AND NOT ${IS_COMPUTED})::int AS pending
  ${COMPARED_SQL}`

const ROWS_SQL = `
  SELECT listing_id, external_location_id, external_sku, title, shown, would_show FROM (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY size DESC, listing_id, external_location_id) AS place FROM (
      SELECT l.id AS listing_id, s.external_location_id, l.external_sku, l.title, i.quantity AS shown, s.desired AS would_show,
        abs(s.desired - COALESCE(i.quantity, 0)) AS size,
        CASE WHEN i.quantity IS NULL THEN 3 WHEN s.desired = 0 THEN 0 WHEN s.desired < i.quantity THEN 1 ELSE 2 END AS kind
      ${COMPARED_SQL} AND ${IS_COMPUTED} AND s.desired IS DISTINCT FROM i.quantity
    ) difference
  ) placed
  WHERE place <= 25 ORDER BY kind, place`

/** The honest preview of a connection: "80 lower, 20 higher, 4 to zero". Null before its first snapshot. */
export async function loadPreview(sql: Sql, connectionId: string): Promise<Preview | null> {
  const [snapshot] = await query<{ snapshot_id: string; taken_at: string }>(sql, LATEST_SQL, { connectionId })
  if (!snapshot) {
    return null
  }
  const bindings = { connectionId, snapshotId: snapshot.snapshot_id }
  const [counts] = await query<Omit<Preview, "rows" | "snapshot_id" | "taken_at">>(sql, COUNT_SQL, bindings)
  const rows = await query<PreviewRow>(sql, ROWS_SQL, bindings)
  return counts ? { ...snapshot, ...counts, rows } : null
}
