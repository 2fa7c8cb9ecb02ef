import { createHash, randomUUID } from "node:crypto"
import { assertNever, toFailure, type HubFailure } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { StockWrite, StockWriteOutcome } from "../../types/channel"
import type { ExternalListingId, ExternalLocationId } from "../../types/ids"
import type { OpenConnection } from "../connections"
import { failpoint } from "../failpoint"
import { raiseIssues } from "../issues"
import { loadAvailability } from "../queries/load-availability"
import { query, type Sql } from "../sql"
import { claimRows, type ClaimedRow, type ClaimedRows } from "./claim-rows"
import { computeRow, type ComputedRow } from "./compute-row"
import { decideRow, type LaneDecision, type LaneOutcome } from "./lane-reducer"
import { recordExplanations, settleExplanations, type ExplanationDraft } from "./record-explanations"
import { settleRows } from "./settle-rows"

export interface LaneContext {
  readonly sql: Sql
  readonly connection: OpenConnection
  readonly requestTimeoutMs: number
  /** Longest time from a claim to its call, in milliseconds. A claim that is older is given back. */
  readonly claimToCallMs: number
}

export interface LaneReport {
  /** Rows that were taken up; 0 when there was nothing to do. */
  readonly claimed: number
  readonly written: number
  readonly acknowledgedWithoutCall: number
  /** Set when the connection as a whole cannot go on, for example because its credentials were refused. */
  readonly halted: HubFailure | null
}

interface Decided {
  readonly row: ClaimedRow
  readonly computed: ComputedRow | null
  readonly decision: LaneDecision
}

interface Write {
  readonly row: ClaimedRow
  readonly computed: ComputedRow
  readonly decision: Extract<LaneDecision, { kind: "write" }>
}

async function decideRows(context: LaneContext, claimed: ClaimedRows): Promise<Decided[]> {
  const availability = await loadAvailability(
    context.sql,
    claimed.rows.map((row) => row.id)
  )
  return claimed.rows.map((row) => {
    const loaded = availability.get(row.id)
    const computed = loaded ? computeRow(loaded) : null
    const decision: LaneDecision = computed
      ? decideRow(row, computed.computed, {
          now: claimed.claimedAt,
          compareAndSet: context.connection.traits.compareAndSet,
        })
      : { kind: "skip", reason: "listing-deleted" }
    return { row, computed, decision }
  })
}

/** Sold out and falling numbers go out first: they are what a buyer could be let down by. */
const byUrgency = (a: Write, b: Write): number => {
  const rank = ({ row, decision }: Write): number =>
    decision.quantity === 0 ? 0 : row.acked === null || decision.quantity < row.acked ? 1 : 2
  return rank(a) - rank(b)
}

async function externalIds(sql: Sql, writes: readonly Write[]): Promise<Map<string, ExternalListingId>> {
  const rows = await query<{ id: string; external_id: ExternalListingId }>(
    sql,
    "SELECT id, external_id FROM hub_listing WHERE id = ANY(:ids)",
    { ids: writes.map(({ row }) => row.listingId) }
  )
  return new Map(rows.map((row) => [row.id, row.external_id]))
}

/** One key per content, so that the same batch sent again is recognised by channels that can. */
const idempotencyKey = (token: string, writes: readonly StockWrite[]): string =>
  createHash("sha256").update(token).update(JSON.stringify(writes)).digest("hex").slice(0, 40)

async function push(context: LaneContext, token: string, writes: readonly StockWrite[]): Promise<StockWriteOutcome[]> {
  const { client } = context.connection
  if (!client.pushStock) {
    const failure: HubFailure = { kind: "unsupported", message: `${context.connection.name} cannot receive stock.` }
    return writes.map(() => ({ status: "failed", failure }))
  }
  try {
    return [...(await client.pushStock(writes, idempotencyKey(token, writes)))]
  } catch (error) {
    const failure = toFailure(error)
    return writes.map(() =>
      error instanceof OutcomeUnknownError
        ? { status: "unknown", message: failure.message }
        : { status: "failed", failure: writes.length === 1 ? failure : asCallFailure(failure) }
    )
  }
}

/**
 * A call that was refused as a whole says nothing about any one of its items: a proxy that answers 404 for a second must
 * not close a whole batch. So it is tried again, and only a refusal of one item alone is taken as that item's own.
 */
const asCallFailure = (failure: HubFailure): HubFailure =>
  failure.kind === "auth" || failure.kind === "rate-limited" ? failure : { ...failure, kind: "transient" }

async function sendWrites(
  context: LaneContext,
  token: string,
  begun: number,
  writes: readonly Write[]
): Promise<Map<string, LaneOutcome>> {
  const outcomes = new Map<string, LaneOutcome>()
  if (writes.length === 0) {
    return outcomes
  }
  const ids = await externalIds(context.sql, writes)
  const drafts = writes.map(({ row, computed, decision }): ExplanationDraft => ({
    stateId: row.id,
    companyId: context.connection.companyId,
    connectionId: context.connection.id,
    listingId: row.listingId,
    externalLocationId: row.externalLocationId,
    quantity: decision.quantity,
    inputs: computed.explanation,
    causedAt: row.claimedSince,
  }))
  const explanationIds = await recordExplanations(context.sql, token, drafts)
  if (performance.now() - begun > context.claimToCallMs) {
    return new Map(writes.map(({ row }) => [row.id, { kind: "released" }]))
  }
  await failpoint("lane.before-push")
  const results = await push(
    context,
    token,
    writes.map(({ row, decision }) => ({
      externalListingId: ids.get(row.listingId) ?? ("" as ExternalListingId),
      externalLocationId: row.externalLocationId as ExternalLocationId,
      quantity: decision.quantity,
      compareWith: decision.compareWith,
    }))
  )
  await failpoint("lane.after-push")
  writes.forEach(({ row, decision }, index) => {
    const result = results[index] ?? { status: "unknown", message: "The connector gave no outcome for this write." }
    outcomes.set(row.id, { kind: "written", quantity: decision.quantity, result })
  })
  await settleExplanations(
    context.sql,
    explanationIds.map((id, index) => ({ id, outcome: results[index]?.status ?? "unknown" }))
  )
  return outcomes
}

function outcomeWithoutCall({ decision }: Decided): LaneOutcome | null {
  switch (decision.kind) {
    case "write":
      return null
    case "acknowledge":
    case "wait":
    case "skip":
    case "fail":
      return decision
    default:
      return assertNever(decision)
  }
}

const failureOf = (outcome: LaneOutcome): HubFailure | null =>
  outcome.kind === "fail"
    ? outcome.failure
    : outcome.kind === "written" && outcome.result.status === "failed"
      ? outcome.result.failure
      : null

/** Why the lane has to rest: refused credentials, a limit, or a channel that answers nothing at all. */
function findHalt(outcomes: readonly LaneOutcome[]): HubFailure | null {
  const failures = outcomes.flatMap((outcome) => failureOf(outcome) ?? [])
  const written = outcomes.filter((outcome) => outcome.kind === "written")
  const isDown =
    written.length > 0 &&
    written.every((outcome) => outcome.result.status === "unknown" || failureOf(outcome)?.kind === "transient")
  const halting = failures.find(({ kind }) => kind === "auth" || kind === "rate-limited")
  return halting ?? (isDown ? (failures[0] ?? { kind: "transient", message: "The channel gives no answer." }) : null)
}

/** Skips that leave an old number on a channel, perhaps one that is too high: a person has to know. */
const UNKNOWN_WORDS: Readonly<Record<string, string>> = {
  "no-components":
    "The variant has managed inventory but no inventory item, so nobody knows how many there are. Add one.",
  "variant-deleted":
    "Its variant was deleted in Medusa, but the channel still sells it. Link another variant or ignore it.",
  "no-locations": "No Medusa location feeds this listing, so nobody knows how many there are. Map a location.",
}

async function reportFailures(
  context: LaneContext,
  rows: readonly ClaimedRow[],
  outcomes: ReadonlyMap<string, LaneOutcome>
): Promise<HubFailure | null> {
  const failures = rows.flatMap((row) => {
    const outcome = outcomes.get(row.id)
    const failure = outcome ? failureOf(outcome) : null
    return failure ? [{ row, failure }] : []
  })
  const unknown = rows.flatMap((row) => {
    const outcome = outcomes.get(row.id)
    const message = outcome?.kind === "skip" ? UNKNOWN_WORDS[outcome.reason] : undefined
    return message ? [{ row, failure: { kind: "invalid-data" as const, message } }] : []
  })
  const lasting = [...failures, ...unknown].filter(
    ({ failure }) => !["transient", "rate-limited", "auth"].includes(failure.kind)
  )
  await raiseIssues(
    context.sql,
    lasting.map(({ row, failure }) => ({
      companyId: context.connection.companyId,
      connectionId: context.connection.id,
      listingId: row.listingId,
      code: `push-${failure.kind}`,
      severity: "warning",
      message: failure.message,
      dedupeKey: `push:${row.id}:${failure.kind}`,
    }))
  )
  return findHalt([...outcomes.values()])
}

/**
 * Works off one batch of a connection: claim, read stock, decide, explain, push, settle.
 *
 * Stock is read only after the claim is committed, so whatever changes later makes the row stale again and the newest
 * value always wins.
 */
export async function drainLaneOnce(context: LaneContext): Promise<LaneReport> {
  const { sql, connection } = context
  const token = randomUUID()
  const begun = performance.now()
  const lateApplyWindowMs = connection.traits.lateApplyWindowMs
  const claimed = await claimRows(sql, {
    connectionId: connection.id,
    limit: connection.traits.maxBatch,
    token,
    leaseMs: context.requestTimeoutMs + lateApplyWindowMs + context.claimToCallMs,
    lateApplyWindowMs,
  })
  if (claimed.rows.length === 0) {
    return { claimed: 0, written: 0, acknowledgedWithoutCall: 0, halted: null }
  }
  await failpoint("lane.claimed")
  const decided = await decideRows(context, claimed)
  const writes = decided
    .flatMap(({ row, computed, decision }): Write[] =>
      decision.kind === "write" && computed ? [{ row, computed, decision }] : []
    )
    .sort(byUrgency)
  const outcomes = await sendWrites(context, token, begun, writes)
  for (const item of decided) {
    const outcome = outcomeWithoutCall(item)
    if (outcome) {
      outcomes.set(item.row.id, outcome)
    }
  }
  await failpoint("lane.before-settle")
  await settleRows(sql, outcomes, { token, claimedAt: claimed.claimedAt, lateApplyWindowMs, random: Math.random })
  return {
    claimed: claimed.rows.length,
    written: writes.length,
    acknowledgedWithoutCall: decided.filter(({ decision }) => decision.kind === "acknowledge").length,
    halted: await reportFailures(context, claimed.rows, outcomes),
  }
}
