import type { InputChange } from "../../lib/quantity"
import type { HubNumberCause } from "../../types/http/mapping"
import { query, type Sql } from "../sql"
import { nameOf } from "./name-of"

/** A number and what changed since the one before it was computed. Times as texts of the database. */
export interface Question {
  readonly numberId: string
  readonly since: string
  readonly until: string
  readonly changes: readonly InputChange[]
}

export type Culprit = Pick<HubNumberCause, "who" | "order_id" | "order_number" | "order_channel" | "order_external_id">

interface Found extends Culprit {
  readonly number_id: string
  readonly code: HubNumberCause["code"]
  readonly item_id: string | null
  readonly location_id: string | null
}

export interface Asked {
  readonly numberId: string
  readonly code: HubNumberCause["code"]
  readonly itemId: string | null
  readonly locationId: string | null
}

/** Who did it, as far as anybody kept a note. */
export interface Culprits {
  /** Never empty: where nobody is known, one culprit without a name. */
  of(asked: Asked): readonly Culprit[]
  nameOf(id: string | null): string | null
}

const NOBODY: Culprit = { who: null, order_id: null, order_number: null, order_channel: null, order_external_id: null }

/** An edit is noted before it is made; no request takes longer. */
const EDIT_SECONDS = 2

/**
 * A reservation belongs to the order of its line; one that a person made by hand has a user. An edit is noted by place, or
 * for the item as a whole.
 */
const SQL = `
  WITH question AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(CAST(:questions AS jsonb)) AS q(
      number_id text, item_id text, location_id text, since timestamptz, until timestamptz)
  ), moved AS (
    SELECT q.number_id, 'sale' AS code, q.item_id, q.location_id, r.line_item_id, r.created_by AS user_id
    FROM question q JOIN reservation_item r ON r.inventory_item_id = q.item_id AND r.location_id = q.location_id
    WHERE r.created_at > q.since AND r.created_at <= q.until
    UNION ALL
    SELECT q.number_id, 'released', q.item_id, q.location_id, r.line_item_id, NULL
    FROM question q JOIN reservation_item r ON r.inventory_item_id = q.item_id AND r.location_id = q.location_id
    WHERE r.deleted_at > q.since AND r.deleted_at <= q.until
    UNION ALL
    SELECT q.number_id, 'fulfilled', q.item_id, q.location_id, i.line_item_id, f.created_by
    FROM question q JOIN fulfillment_item i ON i.inventory_item_id = q.item_id
    JOIN fulfillment f ON f.id = i.fulfillment_id AND f.location_id = q.location_id
    WHERE i.created_at > q.since AND i.created_at <= q.until
    UNION ALL
    SELECT q.number_id, 'edited', q.item_id, q.location_id, NULL, e.edited_by
    FROM question q JOIN hub_stock_edit e ON e.inventory_item_id = q.item_id
      AND (e.location_id IS NULL OR e.location_id = q.location_id)
    WHERE e.noted_at > q.since - make_interval(secs => ${EDIT_SECONDS}) AND e.noted_at <= q.until
  )
  SELECT DISTINCT moved.number_id, moved.code, moved.item_id, moved.location_id, ${nameOf("moved.user_id")} AS who, o.id AS order_id,
    o.display_id::text AS order_number, c.name AS order_channel, x.external_id AS order_external_id
  FROM moved
  LEFT JOIN LATERAL (SELECT i.order_id FROM order_item i WHERE i.item_id = moved.line_item_id AND i.deleted_at IS NULL LIMIT 1) line ON true
  LEFT JOIN "order" o ON o.id = line.order_id
  LEFT JOIN hub_external_reference x ON x.internal_id = o.id AND x.entity = 'order' AND x.deleted_at IS NULL
  LEFT JOIN hub_connection c ON c.id = x.connection_id
  UNION ALL
  SELECT DISTINCT q.number_id, 'mapping', NULL, NULL, ${nameOf("b.requested_by")}, NULL, NULL, NULL, NULL
  FROM question q JOIN hub_mapping_batch_item i ON i.listing_id = :listingId AND i.deleted_at IS NULL
  JOIN hub_mapping_batch b ON b.id = i.batch_id AND b.requested_by IS NOT NULL
  WHERE b.created_at > q.since AND b.created_at <= q.until
  UNION ALL
  SELECT DISTINCT q.number_id, 'rule', NULL, NULL, ${nameOf("h.requested_by")}, NULL, NULL, NULL, NULL
  FROM question q JOIN hub_listing l ON l.id = :listingId
  JOIN hub_connection_change h ON h.connection_id = l.connection_id AND h.kind = 'settings' AND h.deleted_at IS NULL
    AND h.changes @> '[{"field": "quantity_rule"}]'
  WHERE h.requested_by IS NOT NULL AND h.occurred_at > q.since AND h.occurred_at <= q.until`

const NAMES_SQL = `
  SELECT id, name FROM stock_location WHERE id = ANY(:ids)
  UNION ALL
  SELECT id, COALESCE(sku, title, id) FROM inventory_item WHERE id = ANY(:ids)`

interface Name {
  readonly id: string
  readonly name: string
}

/** Each place of a change once; a change that is nowhere, for example another pack, asks as well. */
function placesOf({ numberId, since, until, changes }: Question): object[] {
  const places = new Map(changes.map(({ itemId, locationId }) => [`${itemId}|${locationId}`, { itemId, locationId }]))
  return [...places.values()].map(({ itemId, locationId }) => ({
    number_id: numberId,
    item_id: itemId,
    location_id: locationId,
    since,
    until,
  }))
}

/** Looks for the order, the fulfilment or the person behind each change. */
export async function findCulprits(sql: Sql, listingId: string, questions: readonly Question[]): Promise<Culprits> {
  const ids = questions.flatMap(({ changes }) => changes.flatMap((change) => [change.itemId, change.locationId]))
  const found =
    questions.length === 0
      ? []
      : await query<Found>(sql, SQL, { listingId, questions: JSON.stringify(questions.flatMap(placesOf)) })
  const names = new Map(
    (await query<Name>(sql, NAMES_SQL, { ids: [...new Set(ids.filter((id) => id !== null))] })).map(
      ({ id, name }) => [id, name] as const
    )
  )
  return {
    nameOf: (id) => (id === null ? null : (names.get(id) ?? id)),
    of: ({ numberId, code, itemId, locationId }) => {
      const matching = found.filter(
        (entry) =>
          entry.number_id === numberId &&
          entry.code === code &&
          (code === "mapping" || code === "rule" || (entry.item_id === itemId && entry.location_id === locationId))
      )
      return matching.length === 0
        ? [NOBODY]
        : matching.map(({ who, order_id, order_number, order_channel, order_external_id }) => ({
            who,
            order_id,
            order_number,
            order_channel,
            order_external_id,
          }))
    },
  }
}
