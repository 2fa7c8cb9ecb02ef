import type { TotalsCheck } from "../order-check"
import type { ParcelState, TotalsCheckState } from "../states"

/** What may have to be looked at: `held` waits for a person, `flagged` has unmapped or oversold lines. */
export const CHANNEL_ORDER_FILTERS = ["all", "held", "flagged"] as const

export type ChannelOrderFilter = (typeof CHANNEL_ORDER_FILTERS)[number]

/** An order of a channel, in a list. */
export interface HubChannelOrderSummary {
  id: string
  connection_id: string
  connection_name: string
  external_id: string
  /** The number that the buyer sees. */
  external_number: string
  external_url: string | null
  /** The order in Medusa; null where none was made. */
  order_id: string | null
  /** Its number in Medusa. */
  display_id: number | null
  placed_at: string
  currency_code: string | null
  channel_total: string | null
  check_state: TotalsCheckState
  held_at: string | null
  released_at: string | null
  cancelled_at: string | null
  is_historic: boolean
  is_test: boolean
  unmapped_count: number
  oversold_count: number
  refund_count: number
}

/** `GET /admin/hub/orders` */
export interface HubChannelOrdersResponse {
  orders: HubChannelOrderSummary[]
  /** All of them, whatever the page. */
  counts: { all: number; held: number; flagged: number }
  /** Pass it as `cursor` to read on; null at the end. */
  next_cursor: string | null
}

/** A line that sells no variant of ours. */
export interface HubUnmappedLine {
  external_line_id: string
  title: string
  sku: string | null
  units: number
  listing_id: string | null
}

export interface HubOversoldItem {
  inventory_item_id: string
  sku: string | null
  missing: number
}

export interface HubChannelRefund {
  external_id: string
  created_at: string
  amount: string | null
  units: number
  restocked_units: number
}

/** A parcel, and whether the channel knows of it. */
export interface HubParcelSummary {
  id: string
  fulfillment_id: string
  external_location_id: string
  state: ParcelState
  tracking_numbers: string[]
  carrier: string | null
  units: number
  attempts: number
  confirmed_at: string | null
  next_attempt_at: string | null
  error: string | null
}

/** One order of a channel with everything that is known of it. */
export interface HubChannelOrderDetail extends HubChannelOrderSummary {
  check: TotalsCheck | null
  released_by: string | null
  reserved_units: number
  unmapped_lines: HubUnmappedLine[]
  oversold_items: HubOversoldItem[]
  refunds: HubChannelRefund[]
  parcels: HubParcelSummary[]
  /** What the buyer paid in, where it was another currency. */
  presentment: { currencyCode: string; total: string } | null
}

/** `GET /admin/hub/orders/:id`: null for an order that no channel sent. */
export interface HubChannelOrderResponse {
  channel_order: HubChannelOrderDetail | null
}
