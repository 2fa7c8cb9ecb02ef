import type { ConnectionState, WriteMode } from "../states"

/** A channel on which variants of a product sell. Counts are of listings at external locations. */
export interface HubProductChannel {
  connection_id: string
  connection_name: string
  connection_state: ConnectionState
  write_mode: WriteMode
  /** Variants of the product that have a listing there, of all that it has. */
  variant_count: number
  all_variant_count: number
  listing_count: number
  in_sync_count: number
  pending_count: number
  held_count: number
  failed_count: number
  skipped_count: number
  /** Sum of what the channel accepted last; null while it has accepted nothing. */
  shown_quantity: number | null
}

/** `GET /admin/hub/products/:id/channels` */
export interface HubProductChannelsResponse {
  channels: HubProductChannel[]
}

/** A channel that a stock location feeds. */
export interface HubLocationUse {
  connection_id: string
  connection_name: string
  connection_state: ConnectionState
  write_mode: WriteMode
  /** `*` where the channel has no locations. */
  external_location_id: string
  /** Other stock locations that feed the same external location. */
  other_location_count: number
}

/** `GET /admin/hub/stock-locations/:id/channels` */
export interface HubLocationChannelsResponse {
  channels: HubLocationUse[]
}

/** A connection whose orders become orders of a sales channel. */
export interface HubSalesChannelConnection {
  connection_id: string
  connection_name: string
  connector_id: string
  connection_state: ConnectionState
  write_mode: WriteMode
  connected_at: string | null
  order_count: number
}

/** `GET /admin/hub/sales-channels/:id/connections` */
export interface HubSalesChannelConnectionsResponse {
  connections: HubSalesChannelConnection[]
}
