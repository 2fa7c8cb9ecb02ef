import type { HubFailure } from "../../lib/errors"
import type { ExternalListingId, ExternalLocationId } from "../../types/ids"
import type { OpenConnection } from "../connections"
import type { LoadedAvailability } from "../queries/load-availability"
import { query, type Sql } from "../sql"
import type { ClaimedRow, ClaimedRows } from "./claim-rows"
import type { ComputedRow } from "./compute-row"
import type { LaneDecision } from "./lane-reducer"
import type { Lane } from "./load-lane"

export interface LaneContext {
  readonly sql: Sql
  readonly connection: OpenConnection
  readonly requestTimeoutMs: number
  /** See the engine's option `claim_to_call_ms`. */
  readonly claimToCallMs: number
}

/** How long a lease lasts: until a call that begins late has ended, and what it wrote can no longer be applied late. */
export const leaseMsOf = ({ connection, requestTimeoutMs, claimToCallMs }: LaneContext): number =>
  requestTimeoutMs + connection.traits.lateApplyWindowMs + claimToCallMs

export interface Claim {
  readonly token: string
  readonly begun: number
  readonly lane: Lane
  readonly claimed: ClaimedRows
  /** From here on something of the claim may be on the channel. */
  isSent: boolean
}

/** What a channel was read to show, by row, and why it could not be read. */
export interface Reading {
  readonly shown: ReadonlyMap<string, number>
  readonly unread: ReadonlySet<string>
  readonly failure: HubFailure | null
}

export const NOTHING_READ: Reading = { shown: new Map(), unread: new Set(), failure: null }

export interface Computation {
  readonly row: ClaimedRow
  readonly loaded: LoadedAvailability | null
  readonly computed: ComputedRow | null
}

export interface Decided extends Computation {
  readonly decision: LaneDecision
  /** What the channel was read to show during this claim, if it was. */
  readonly seen: { readonly quantity: number; readonly at: number } | null
}

export interface Write extends Decided {
  readonly computed: ComputedRow
  readonly decision: Extract<LaneDecision, { kind: "write" }>
}

export const isWrite = (item: Decided): item is Write => item.decision.kind === "write" && item.computed !== null

export async function externalIds(sql: Sql, rows: readonly ClaimedRow[]): Promise<Map<string, ExternalListingId>> {
  const found = await query<{ id: string; external_id: ExternalListingId }>(
    sql,
    "SELECT id, external_id FROM hub_listing WHERE id = ANY(:ids)",
    { ids: rows.map((row) => row.listingId) }
  )
  return new Map(found.map((row) => [row.id, row.external_id]))
}

export const locationOf = (row: ClaimedRow): ExternalLocationId => row.externalLocationId as ExternalLocationId
