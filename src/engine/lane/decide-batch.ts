import { toFailure } from "../../lib/errors"
import type { ExternalListingId } from "../../types/ids"
import { guardWrites } from "../guard/guard-writes"
import { loadAvailability, type LoadedAvailability } from "../queries/load-availability"
import {
  isWrite,
  locationOf,
  type Claim,
  type Computation,
  type Decided,
  type LaneContext,
  type Reading,
  NOTHING_READ,
} from "./batch"
import { computeRow, type ComputedRow } from "./compute-row"
import { decideRow, learnShown, type LaneDecision } from "./lane-reducer"
import { mayShowOurs } from "./lane-row"
import { computeExclusive, isExclusive } from "./share-exclusive"

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
  const unknown = claimed.rows.filter(mayShowOurs)
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

/** Reads the stock behind a claimed batch and decides about every row, in order. */
export async function decideBatch(
  context: LaneContext,
  claim: Claim,
  ids: ReadonlyMap<string, ExternalListingId>
): Promise<readonly Decided[]> {
  const computed = await computeRows(context, claim)
  const reading = await readUnknown(context, claim, ids)
  return passGuards(context, claim, decideRows(context, claim, computed, reading))
}
