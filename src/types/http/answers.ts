import type { HubConnectionDetail, HubSnapshot } from "./connection"
import type { HubConnectionSummary, HubRun } from "./hub"
import type { HubListingDetail, HubMappingBatch, HubSavedView, HubVariantChoice } from "./mapping"

/* What routes answer around the things that have their own shapes. */

/** `GET /admin/hub/connections` */
export interface HubConnectionsResponse {
  connections: HubConnectionSummary[]
}

/** A connection as it is stored, without secrets. */
export interface HubStoredConnectionResponse {
  connection: Record<string, unknown>
}

/** What was changed, and the run that does the work of it; null when there is nothing more to do. */
export interface HubConnectionRunResponse {
  connection: Record<string, unknown>
  run: HubRun | null
}

/** `POST /admin/hub/connections/:id/disconnect` */
export interface HubDisconnectResponse {
  connection: HubConnectionDetail
  run: HubRun | null
}

/** A run that was asked for. */
export interface HubRequestedRunResponse {
  run: HubRun | null
}

/** `POST /admin/hub/connections/:id/release` */
export interface HubReleaseResponse {
  /** How many numbers were held. */
  released: number
}

/** Names and dates of stored secrets; never the secrets. */
export interface HubCredentialsResponse {
  credentials: {
    name: string
    key_id: string
    is_readable: boolean
    stored_at: string
  }[]
}

/** `GET /admin/hub/connections/:id/snapshots` */
export interface HubSnapshotsResponse {
  snapshots: HubSnapshot[]
}

/** One of the largest differences. */
export interface HubPreviewRow {
  listing_id: string
  external_location_id: string
  external_sku: string | null
  title: string
  shown: number | null
  would_show: number
}

/** `GET /admin/hub/connections/:id/preview`: what going live would do. Null before the channel was read. */
export interface HubPreviewResponse {
  preview: {
    snapshot_id: string
    taken_at: string
    total: number
    same: number
    /** Without those that go to zero. */
    lower: number
    higher: number
    to_zero: number
    unknown: number
    left_alone: number
    pending: number
    rows: HubPreviewRow[]
  } | null
}

/** What is gone now. */
export interface HubDeletedResponse {
  id: string
  deleted: true
}

/** `GET /admin/hub/listings/:id` */
export interface HubListingDetailResponse {
  listing: HubListingDetail
}

/** `POST /admin/hub/listings` */
export interface HubListingAddedResponse {
  listing: HubListingDetail
  batch: HubMappingBatch | null
}

/** `POST /admin/hub/listings/batch` */
export interface HubListingsChangedResponse {
  /** Ids of the listings that changed. */
  updated: string[]
  batch: HubMappingBatch | null
}

/** `GET /admin/hub/mapping/batches` */
export interface HubMappingBatchesResponse {
  batches: HubMappingBatch[]
  next_cursor: string | null
}

/** `GET /admin/hub/mapping/variants` */
export interface HubVariantChoicesResponse {
  variants: HubVariantChoice[]
}

/** `GET /admin/hub/mapping/views` */
export interface HubSavedViewsResponse {
  views: HubSavedView[]
}

/** `POST /admin/hub/mapping/views` */
export interface HubSavedViewResponse {
  view: HubSavedView
}
