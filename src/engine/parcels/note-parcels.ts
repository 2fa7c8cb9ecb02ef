import { generateEntityId } from "@medusajs/framework/utils"
import type { OrderRules } from "../../types/order-rules"
import { query, toStorableJson, type Sql } from "../sql"
import { planParcels, type FulfilledLine, type ParcelContent } from "./plan-parcels"

interface FulfilmentRow {
  readonly id: string
  readonly order_id: string
  readonly connection_id: string
  readonly company_id: string
  readonly external_order_id: string
  readonly order_rules: OrderRules | null
  readonly carriers: readonly string[]
  readonly labels: readonly { readonly number: string; readonly url: string | null }[]
  readonly external_location_ids: readonly string[]
}

/** How far back a look at everything goes. Older ones were seen by looks before. */
const LOOK_BACK = "interval '3 days'"

/* Sent, or with a number to follow it by; of an order of a channel; and nobody has noted it yet. */
const FULFILMENTS_SQL = `
  SELECT f.id, o.order_id, o.connection_id, o.company_id, o.external_id AS external_order_id, c.order_rules,
    ARRAY_REMOVE(ARRAY[f.metadata ->> 'carrier', f.data ->> 'carrier', f.provider_id], NULL) AS carriers,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('number', l.tracking_number, 'url', NULLIF(NULLIF(l.tracking_url, ''), '#')) ORDER BY l.id)
      FROM fulfillment_label l WHERE l.fulfillment_id = f.id AND l.deleted_at IS NULL AND l.tracking_number <> ''), '[]') AS labels,
    COALESCE((SELECT array_agg(m.external_location_id ORDER BY m.external_location_id) FROM hub_location_mapping m
      WHERE m.connection_id = o.connection_id AND m.stock_location_id = f.location_id AND m.deleted_at IS NULL), '{}') AS external_location_ids
  FROM fulfillment f
  JOIN order_fulfillment link ON link.fulfillment_id = f.id AND link.deleted_at IS NULL
  JOIN hub_channel_order o ON o.order_id = link.order_id AND o.deleted_at IS NULL AND NOT o.is_historic
  JOIN hub_connection c ON c.id = o.connection_id AND c.deleted_at IS NULL
  WHERE f.deleted_at IS NULL AND f.canceled_at IS NULL
    AND (CAST(:fulfilmentId AS text) IS NULL OR f.id = :fulfilmentId)
    AND (CAST(:fulfilmentId AS text) IS NOT NULL OR f.updated_at > now() - ${LOOK_BACK})
    AND (f.shipped_at IS NOT NULL OR EXISTS (
      SELECT 1 FROM fulfillment_label l WHERE l.fulfillment_id = f.id AND l.deleted_at IS NULL AND l.tracking_number <> ''))
    AND NOT EXISTS (SELECT 1 FROM hub_parcel p WHERE p.fulfillment_id = f.id AND p.deleted_at IS NULL)
  ORDER BY f.created_at, f.id LIMIT 200`

/* A kit has one row for each of its parts: any of them tells how many kits they are. */
const LINES_SQL = `
  SELECT DISTINCT ON (item.line_item_id) line.metadata ->> 'hub_external_line_id' AS "externalLineId",
    COALESCE(line.metadata ->> 'hub_external_location_id', '*') AS "externalLocationId",
    COALESCE((line.metadata ->> 'hub_pack_size')::int, 1) AS "packSize",
    floor(item.quantity / COALESCE(NULLIF(kit.required_quantity, 0), 1))::int AS pieces
  FROM fulfillment_item item
  JOIN order_line_item line ON line.id = item.line_item_id
  LEFT JOIN product_variant_inventory_item kit
    ON kit.variant_id = line.variant_id AND kit.inventory_item_id = item.inventory_item_id AND kit.deleted_at IS NULL
  WHERE item.fulfillment_id = :fulfilmentId AND item.deleted_at IS NULL AND jsonb_exists(line.metadata, 'hub_external_line_id')
  ORDER BY item.line_item_id, item.id`

const BEFORE_SQL = `
  SELECT content FROM hub_parcel
  WHERE order_id = :orderId AND connection_id = :connectionId AND deleted_at IS NULL`

const INSERT_SQL = `
  INSERT INTO hub_parcel (id, company_id, connection_id, order_id, fulfillment_id, external_order_id, external_location_id,
    content, state)
  VALUES (:id, :companyId, :connectionId, :orderId, :fulfilmentId, :externalOrderId, :externalLocationId,
    CAST(:content AS jsonb), :state)
  ON CONFLICT (fulfillment_id, external_location_id) WHERE deleted_at IS NULL DO NOTHING RETURNING id`

/* Unpacked again before the channel heard of it: then there is nothing to tell. */
const UNPACKED_SQL = `
  UPDATE hub_parcel p SET state = 'skipped', updated_at = now() FROM fulfillment f
  WHERE f.id = p.fulfillment_id AND f.canceled_at IS NOT NULL AND p.state = 'waiting' AND p.deleted_at IS NULL
    AND (p.lease_until IS NULL OR p.lease_until <= now())`

type LineRow = Omit<FulfilledLine, "piecesBefore" | "unitsBefore">

/** One order at a time: two parcels of one pack must not both count its last piece. */
async function noteFulfilment(sql: Sql, row: FulfilmentRow): Promise<number> {
  return sql.transaction(async (transaction) => {
    await query(transaction, "SELECT pg_advisory_xact_lock(hashtextextended('hub-parcel:' || :orderId, 0))", {
      orderId: row.order_id,
    })
    const before = await query<{ content: ParcelContent }>(transaction, BEFORE_SQL, {
      orderId: row.order_id,
      connectionId: row.connection_id,
    })
    const lines = await query<LineRow>(transaction, LINES_SQL, {
      fulfilmentId: row.id,
    })
    const facts = {
      lines: lines.map((line) => ({
        ...line,
        piecesBefore: before.reduce((sum, { content }) => sum + (content.pieces[line.externalLineId] ?? 0), 0),
        unitsBefore: before
          .flatMap(({ content }) => content.lines)
          .filter(({ externalLineId }) => externalLineId === line.externalLineId)
          .reduce((sum, { quantity }) => sum + quantity, 0),
      })),
      externalLocationIds: row.external_location_ids,
      labels: row.labels,
      carriers: row.carriers,
    }
    let noted = 0
    for (const parcel of planParcels(facts, row.order_rules ?? {})) {
      const inserted = await query(transaction, INSERT_SQL, {
        id: generateEntityId(undefined, "hparc"),
        companyId: row.company_id,
        connectionId: row.connection_id,
        orderId: row.order_id,
        fulfilmentId: row.id,
        externalOrderId: row.external_order_id,
        externalLocationId: parcel.externalLocationId,
        content: toStorableJson(parcel.content),
        state: parcel.content.lines.length > 0 ? "waiting" : "skipped",
      })
      noted += inserted.length
    }
    return noted
  })
}

/**
 * Notes parcels that channels have to be told of.
 *
 * @param fulfilmentId one fulfilment of Medusa; all of the last days unless given
 * @returns how many parcels are new
 */
export async function noteParcels(sql: Sql, fulfilmentId: string | null = null): Promise<number> {
  const rows = await query<FulfilmentRow>(sql, FULFILMENTS_SQL, { fulfilmentId })
  if (fulfilmentId === null) {
    await query(sql, UNPACKED_SQL)
  }
  let noted = 0
  for (const row of rows) {
    noted += await noteFulfilment(sql, row)
  }
  return noted
}
