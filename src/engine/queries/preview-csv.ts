import { query, type Sql } from "../sql"

const PAGE = 2_000

const LATEST_SQL = `
  SELECT id FROM hub_snapshot
  WHERE connection_id = :connectionId AND completed_at IS NOT NULL AND deleted_at IS NULL ORDER BY taken_at DESC LIMIT 1`

const PAGE_SQL = `
  SELECT s.id, l.external_id, l.external_sku, l.title, s.external_location_id, i.quantity AS shown, s.desired, s.state,
    s.state_reason
  FROM hub_listing_state s
  JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  LEFT JOIN hub_snapshot_item i ON i.snapshot_id = :snapshotId AND i.listing_state_id = s.id AND i.deleted_at IS NULL
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL AND s.id > :after
  ORDER BY s.id LIMIT :limit`

interface Row {
  readonly id: string
  readonly external_id: string
  readonly external_sku: string | null
  readonly title: string
  readonly external_location_id: string
  readonly shown: number | null
  readonly desired: number | null
  readonly state: string
  readonly state_reason: string | null
}

/** A text that begins like a formula is no formula, and a text with a comma, a quote or a line break is one field. */
function cell(value: string | number | null): string {
  if (typeof value === "number" || value === null) {
    return value === null ? "" : String(value)
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const differenceOf = ({ shown, desired }: Row): number | null =>
  shown === null || desired === null ? null : desired - shown

const line = (row: Row): string =>
  [
    row.external_sku,
    row.external_id,
    row.title,
    row.external_location_id,
    row.shown,
    row.desired,
    differenceOf(row),
    row.state,
    row.state_reason,
  ]
    .map(cell)
    .join(",")

/** The preview of a connection as lines of CSV, a page at a time, so that a large one needs no memory. */
export async function* previewCsv(sql: Sql, connectionId: string): AsyncGenerator<string> {
  yield "sku,listing,title,location,shows,would_show,difference,state,reason\r\n"
  const [snapshot] = await query<{ id: string }>(sql, LATEST_SQL, { connectionId })
  let after: string | null = ""
  while (after !== null) {
    const rows: Row[] = await query<Row>(sql, PAGE_SQL, {
      connectionId,
      snapshotId: snapshot?.id ?? "",
      after,
      limit: PAGE,
    })
    yield rows.map((row) => `${line(row)}\r\n`).join("")
    after = rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null
  }
}
