import { randomUUID } from "node:crypto"
import { assertNever, toFailure, type HubFailure } from "../../lib/errors"
import type { StockWriteOutcome } from "../../types/channel"
import type { ExternalListingId, ExternalLocationId } from "../../types/ids"
import { askToProbe } from "../breaker/lane-breaker"
import type { OpenConnection } from "../connections"
import { failpoint } from "../failpoint"
import { guardWrites } from "../guard/guard-writes"
import { markExclusivePeers } from "../mark"
import { loadAvailability, type LoadedAvailability } from "../queries/load-availability"
import { query, type Sql } from "../sql"
import { claimRows, renewClaim, type ClaimedRow, type ClaimedRows } from "./claim-rows"
import { computeRow, type ComputedRow } from "./compute-row"
import { decideRow, learnShown, SHADOW, type LaneDecision, type LaneOutcome } from "./lane-reducer"
import { loadLane, type Lane } from "./load-lane"
import { pushWrites } from "./push-writes"
import { recordExplanations, settleExplanations, type ExplanationDraft } from "./record-explanations"
import { findHalt, hasAnswered, reportOutcomes } from "./report-outcomes"
import { settleRows } from "./settle-rows"
import { computeExclusive, isExclusive } from "./share-exclusive"

export interface LaneContext {
  readonly sql: Sql
  readonly connection: OpenConnection
  readonly requestTimeoutMs: number
  /** See the engine's option `claim_to_call_ms`. */
  readonly claimToCallMs: number
}

export interface LaneReport {
  /** Rows that were taken up; 0 when there was nothing to do. */
  readonly claimed: number
  readonly written: number
  readonly acknowledgedWithoutCall: number
  /** Rows that may only be raised once the channel's orders have been read. */
  readonly waitingForOrders: number
  /** Calls that carried stock to the channel. */
  readonly calls: number
  /** Set when the connection as a whole cannot go on, for example because its credentials were refused. */
  readonly halted: HubFailure | null
  /** The channel has answered although it had not before. */
  readonly hasRecovered: boolean
}

const NOTHING_DONE: LaneReport = {
  claimed: 0,
  written: 0,
  acknowledgedWithoutCall: 0,
  waitingForOrders: 0,
  calls: 0,
  halted: null,
  hasRecovered: false,
}

/** How long a lease lasts: until a call that begins late has ended, and what it wrote can no longer be applied late. */
const leaseMsOf = ({ connection, requestTimeoutMs, claimToCallMs }: LaneContext): number =>
  requestTimeoutMs + connection.traits.lateApplyWindowMs + claimToCallMs

interface Claim {
  readonly token: string
  readonly begun: number
  readonly lane: Lane
  readonly claimed: ClaimedRows
  /** From here on something of the claim may be on the channel. */
  isSent: boolean
}

/** What a channel was read to show, by row, and why it could not be read. */
interface Reading {
  readonly shown: ReadonlyMap<string, number>
  readonly unread: ReadonlySet<string>
  readonly failure: HubFailure | null
}

const NOTHING_READ: Reading = { shown: new Map(), unread: new Set(), failure: null }

interface Computation {
  readonly row: ClaimedRow
  readonly loaded: LoadedAvailability | null
  readonly computed: ComputedRow | null
}

interface Decided extends Computation {
  readonly decision: LaneDecision
  /** What the channel was read to show during this claim, if it was. */
  readonly seen: { readonly quantity: number; readonly at: number } | null
}

interface Write extends Decided {
  readonly computed: ComputedRow
  readonly decision: Extract<LaneDecision, { kind: "write" }>
}

const isWrite = (item: Decided): item is Write => item.decision.kind === "write" && item.computed !== null

/** Everyone may show the shared pool. Exclusive listings share it out among themselves, which takes a lock on their items. */
async function computeRows(context: LaneContext, { token, claimed }: Claim): Promise<Computation[]> {
  const availability = await loadAvailability(
    context.sql,
    claimed.rows.map((row) => row.id)
  )
  const shares = [...availability.values()].filter(isExclusive)
  const exclusive =
    shares.length === 0
      ? new Map<string, { readonly loaded: LoadedAvailability; readonly computed: ComputedRow }>()
      : await computeExclusive(context.sql, {
          token,
          stateIds: shares.map(({ stateId }) => stateId),
          itemIds: [...new Set(shares.flatMap(({ components }) => components.map((part) => part.inventoryItemId)))],
        })
  return claimed.rows.map((row) => {
    const loaded = availability.get(row.id)
    const shared = loaded ? { loaded, computed: computeRow(loaded) } : { loaded: null, computed: null }
    return { row, ...(exclusive.get(row.id) ?? shared) }
  })
}

async function externalIds(sql: Sql, rows: readonly ClaimedRow[]): Promise<Map<string, ExternalListingId>> {
  const found = await query<{ id: string; external_id: ExternalListingId }>(
    sql,
    "SELECT id, external_id FROM hub_listing WHERE id = ANY(:ids)",
    { ids: rows.map((row) => row.listingId) }
  )
  return new Map(found.map((row) => [row.id, row.external_id]))
}

const locationOf = (row: ClaimedRow): ExternalLocationId => row.externalLocationId as ExternalLocationId

/**
 * A channel that compares must not be written blindly: after a sale of its own it may have sold more, and to raise its number
 * again would offer those units twice. So it is asked first. What could not be read is not written: unknown is never zero.
 */
async function readUnknown(
  context: LaneContext,
  { claimed, lane }: Claim,
  ids: ReadonlyMap<string, ExternalListingId>
): Promise<Reading> {
  const { client, traits } = context.connection
  const unknown = claimed.rows.filter((row) => row.acked === null && row.writeCount > 0)
  if (!traits.compareAndSet || !client.pullStock || lane.writeMode === "shadow" || unknown.length === 0) {
    return NOTHING_READ
  }
  const keys = unknown.map((row) => ({
    externalListingId: ids.get(row.listingId) ?? ("" as ExternalListingId),
    externalLocationId: locationOf(row),
  }))
  try {
    const observations = await client.pullStock(keys)
    const shown = unknown.flatMap((row, index): [string, number][] => {
      const quantity = observations[index]?.quantity ?? null
      return quantity === null ? [] : [[row.id, quantity]]
    })
    return { ...NOTHING_READ, shown: new Map(shown) }
  } catch (error) {
    return { ...NOTHING_READ, unread: new Set(unknown.map((row) => row.id)), failure: toFailure(error) }
  }
}

function decideRows(context: LaneContext, claim: Claim, rows: readonly Computation[], reading: Reading): Decided[] {
  const { lane, claimed } = claim
  const { client, traits } = context.connection
  return rows.map(({ row: claimedRow, loaded, computed }) => {
    if (reading.failure && reading.unread.has(claimedRow.id)) {
      const decision: LaneDecision = { kind: "fail", failure: reading.failure }
      return { row: claimedRow, loaded, computed, decision, seen: null }
    }
    const quantity = reading.shown.get(claimedRow.id)
    const seen = quantity === undefined ? null : { quantity, at: claimed.claimedAt }
    const row = seen ? { ...claimedRow, ...learnShown(claimedRow, seen.quantity, seen.at) } : claimedRow
    const decision: LaneDecision = computed
      ? decideRow(row, computed.computed, {
          now: claimed.claimedAt,
          compareAndSet: traits.compareAndSet,
          isShadow: lane.writeMode === "shadow",
          ...(client.pullOrders ? { ordersThrough: lane.ordersThrough } : {}),
        })
      : { kind: "skip", reason: "listing-deleted" }
    return { row, loaded, computed, decision, seen }
  })
}

async function passGuards(context: LaneContext, { lane }: Claim, decided: readonly Decided[]): Promise<Decided[]> {
  const writes = decided.filter(isWrite)
  const guarded = await guardWrites(
    context.sql,
    context.connection,
    lane,
    writes.map(({ row, decision, loaded }) => ({ row, decision, packSize: loaded?.packSize ?? 1 }))
  )
  const verdicts = new Map(writes.map(({ row }, index) => [row.id, guarded[index]]))
  return decided.map((item) => {
    const verdict = verdicts.get(item.row.id)
    if (!verdict) {
      return item
    }
    const computed =
      verdict.held && item.loaded && verdict.decision.kind === "write"
        ? computeRow(item.loaded, { held: verdict.held })
        : item.computed
    return { ...item, computed, decision: verdict.decision }
  })
}

/** Sold out and falling numbers go out first: they are what a buyer could be let down by. */
const byUrgency = (a: Write, b: Write): number => {
  const rank = ({ row, decision }: Write): number =>
    decision.quantity === 0 ? 0 : row.acked === null || decision.quantity < row.acked ? 1 : 2
  return rank(a) - rank(b)
}

const toDraft = (context: LaneContext, { row, computed }: Decided, quantity: number): ExplanationDraft => ({
  stateId: row.id,
  companyId: context.connection.companyId,
  connectionId: context.connection.id,
  listingId: row.listingId,
  externalLocationId: row.externalLocationId,
  quantity,
  inputs: computed?.explanation,
  causedAt: row.claimedSince,
})

async function sendWrites(
  context: LaneContext,
  claim: Claim,
  writes: readonly Write[],
  ids: ReadonlyMap<string, ExternalListingId>
): Promise<{ outcomes: Map<string, LaneOutcome>; calls: number }> {
  const { token, begun, claimed } = claim
  const outcomes = new Map<string, LaneOutcome>()
  if (writes.length === 0) {
    return { outcomes, calls: 0 }
  }
  const drafts = writes.map((write) => toDraft(context, write, write.decision.quantity))
  const explanationIds = await recordExplanations(context.sql, token, drafts, "send")
  if (performance.now() - begun > context.claimToCallMs) {
    return { outcomes: new Map(writes.map(({ row }) => [row.id, { kind: "released" }])), calls: 0 }
  }
  await failpoint("lane.before-push")
  claim.isSent = true
  const pushed = await pushWrites(
    context.connection,
    writes.map(({ row, decision }) => ({
      externalListingId: ids.get(row.listingId) ?? ("" as ExternalListingId),
      externalLocationId: locationOf(row),
      quantity: decision.quantity,
      compareWith: decision.compareWith,
    })),
    { token, mayGoOn: () => renewClaim(context.sql, { token, leaseMs: leaseMsOf(context), rows: claimed.rows }) }
  )
  await failpoint("lane.after-push")
  writes.forEach(({ row, decision }, index) => {
    const result: StockWriteOutcome | null = pushed.outcomes[index] ?? null
    outcomes.set(
      row.id,
      result === null
        ? { kind: "released" }
        : {
            kind: "written",
            quantity: decision.quantity,
            result,
            ...(decision.heldBack ? { heldBack: decision.heldBack } : {}),
          }
    )
  })
  await settleExplanations(
    context.sql,
    explanationIds.map((id, index) => ({ id, outcome: pushed.outcomes[index]?.status ?? "not-sent" }))
  )
  return { outcomes, calls: pushed.calls }
}

/** What a preview would send is explained as well, so that a person can ask why before it is sent. */
async function explainPreview(context: LaneContext, { token }: Claim, decided: readonly Decided[]): Promise<void> {
  const drafts = decided.flatMap((item) =>
    item.decision.kind === "hold" && item.decision.reason === SHADOW
      ? [toDraft(context, item, item.decision.quantity)]
      : []
  )
  if (drafts.length > 0) {
    const ids = await recordExplanations(context.sql, token, drafts, "preview")
    await settleExplanations(
      context.sql,
      ids.map((id) => ({ id, outcome: "preview" }))
    )
  }
}

function outcomeWithoutCall({ decision, seen }: Decided): LaneOutcome | null {
  switch (decision.kind) {
    case "write":
      return null
    case "wait":
      return seen ? { ...decision, seen } : decision
    case "acknowledge":
    case "hold":
    case "skip":
    case "fail":
      return decision
    default:
      return assertNever(decision)
  }
}

/** Units that an exclusive listing has confirmed to offer no longer may be given to others. */
async function giveOn(
  context: LaneContext,
  decided: readonly Decided[],
  outcomes: ReadonlyMap<string, LaneOutcome>
): Promise<void> {
  const lowered = decided.filter(({ row, loaded }) => {
    const outcome = outcomes.get(row.id)
    return (
      loaded !== null &&
      isExclusive(loaded) &&
      outcome?.kind === "written" &&
      outcome.result.status === "accepted" &&
      outcome.quantity < (row.exposed ?? 0)
    )
  })
  if (lowered.length > 0) {
    await markExclusivePeers(
      context.sql,
      lowered.map(({ row }) => row.id)
    )
  }
}

const settle = (
  { sql, connection }: LaneContext,
  { token, claimed }: Claim,
  outcomes: ReadonlyMap<string, LaneOutcome>
): Promise<void> =>
  settleRows(sql, outcomes, {
    token,
    claimedAt: claimed.claimedAt,
    lateApplyWindowMs: connection.traits.lateApplyWindowMs,
    random: Math.random,
  })

async function workOff(context: LaneContext, claim: Claim): Promise<LaneReport> {
  const { sql, connection } = context
  const { claimed, lane } = claim
  const computed = await computeRows(context, claim)
  const ids = await externalIds(sql, claimed.rows)
  const reading = await readUnknown(context, claim, ids)
  const decided = await passGuards(context, claim, decideRows(context, claim, computed, reading))
  await explainPreview(context, claim, decided)
  const { outcomes, calls } = await sendWrites(context, claim, decided.filter(isWrite).sort(byUrgency), ids)
  for (const item of decided) {
    const outcome = outcomes.has(item.row.id) ? null : outcomeWithoutCall(item)
    if (outcome) {
      outcomes.set(item.row.id, outcome)
    }
  }
  await failpoint("lane.before-settle")
  // Told before it is settled: a process that dies in between tells it twice, which is counted and not repeated.
  await reportOutcomes(sql, connection, claimed.rows, outcomes)
  await settle(context, claim, outcomes)
  await giveOn(context, decided, outcomes)
  const all = [...outcomes.values()]
  return {
    claimed: claimed.rows.length,
    written: all.filter((outcome) => outcome.kind === "written").length,
    acknowledgedWithoutCall: all.filter((outcome) => outcome.kind === "acknowledge").length,
    waitingForOrders: all.filter((outcome) => outcome.kind === "wait").length,
    calls,
    halted: findHalt(all),
    hasRecovered: lane.breaker.failures > 0 && hasAnswered(all),
  }
}

/**
 * Works off one batch of a connection: claim, read stock, decide, explain, push, settle.
 *
 * Stock is read only after the claim is committed, so whatever changes later makes the row stale again and the newest
 * value always wins.
 */
export async function drainLaneOnce(context: LaneContext): Promise<LaneReport> {
  const { sql, connection } = context
  const lane = await loadLane(sql, connection.id)
  if (!lane || (lane.breaker.notBefore ?? 0) > lane.now) {
    return NOTHING_DONE
  }
  const leaseMs = leaseMsOf(context)
  const permission = lane.breaker.state === "closed" ? "go" : await askToProbe(sql, connection.id, leaseMs)
  if (permission === "wait") {
    return NOTHING_DONE
  }
  const token = randomUUID()
  const begun = performance.now()
  const claimed = await claimRows(sql, {
    connectionId: connection.id,
    limit: permission === "probe" ? 1 : connection.traits.maxBatch,
    token,
    leaseMs,
    lateApplyWindowMs: connection.traits.lateApplyWindowMs,
  })
  if (claimed.rows.length === 0) {
    return NOTHING_DONE
  }
  await failpoint("lane.claimed")
  const claim: Claim = { token, begun, lane, claimed, isSent: false }
  try {
    return await workOff(context, claim)
  } catch (error) {
    if (!claim.isSent) {
      // Nothing has left us, so nobody has to wait for the lease to end.
      await settle(context, claim, new Map(claimed.rows.map((row) => [row.id, { kind: "released" }])))
    }
    throw error
  }
}
