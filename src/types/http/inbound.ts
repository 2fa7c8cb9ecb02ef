import type { DeliveryOutcome, InboundState, InboundTopic } from "../states"
import type { HubRun } from "./hub"

/** A message of a channel, or a delivery that brought none: a duplicate, or one that was rejected. */
export interface HubInboundMessage {
  id: string
  connection_id: string
  connection_name: string
  state: InboundState
  /** Null for what was rejected: nobody knows what it would have been. */
  topic: InboundTopic | null
  /** What it is about, in the channel's words: an order's number, a listing's id. */
  about: string | null
  /** The channel's own id of the message. */
  event_id: string | null
  /** `poll`: no message came, the hub found it by asking. */
  origin: "webhook" | "poll"
  received_at: string
  processed_at: string | null
  attempts: number
  /** Why it failed or was rejected, for people. */
  error: string | null
  /** When a failed one is tried again. */
  next_attempt_at: string | null
  replay_count: number
}

/** `GET /admin/hub/inbound` */
export interface HubInboundResponse {
  messages: HubInboundMessage[]
  /** Pass it as `cursor` to read on; null at the end. */
  next_cursor: string | null
}

/** One delivery of a message, as it came in. No secret and no buyer is in it. */
export interface HubInboundDelivery {
  id: string
  outcome: DeliveryOutcome
  received_at: string
  took_ms: number
  address: string | null
  bytes: number
  failure: string | null
  failure_detail: string | null
  headers: string | null
  body: string | null
}

export interface HubInboundDetail extends HubInboundMessage {
  /** When it happened, as the channel says. */
  occurred_at: string | null
  /** How long the work took that ended it, in milliseconds. */
  took_ms: number | null
  replayed_at: string | null
  replay_run_id: string | null
  /** What the hub read in it, as JSON, without buyers. Null for what was rejected. */
  payload: string | null
  /** The order that it led to; null when it led to none. */
  order_id: string | null
  /** The newest first, at most 20. They are kept 14 days. */
  deliveries: HubInboundDelivery[]
  is_replayable: boolean
}

/** `GET /admin/hub/inbound/:id` */
export interface HubInboundMessageResponse {
  message: HubInboundDetail
}

/** What a replay would do, at most. */
export interface HubReplayEstimate {
  messages: number
  /** Of them, those that have been taken over in a version that is not older: they change nothing. */
  unchanged: number
  /** Orders that the others are about. */
  orders: number
  /** Listings whose numbers may be written again. */
  listings: number
  seconds: number
}

/** `POST /admin/hub/inbound/replay` */
export interface HubReplayResponse {
  estimate: HubReplayEstimate
  /** Null for a dry run, and when there is nothing to replay. */
  run: HubRun | null
}
