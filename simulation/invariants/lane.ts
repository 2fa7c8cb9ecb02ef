import { isPending, earlier } from "../../src/engine/lane/lane-row"
import { isExclusive } from "../world/exclusive"
import type { Slot } from "../world/slot"
import type { World } from "../world/world"
import type { Invariant } from "./invariant"

/** The hub knows that it owes this listing something. */
export const isOwed = ({ row }: Slot): boolean => isPending(row) || row.leaseToken !== null

/** A change of the truth, or of the channel by itself, is on its way to the row. */
export const isOnTheWay = (slot: Slot): boolean =>
  slot.captured > 0 || slot.isMissed || slot.unseen > 0 || slot.foreignAt !== null

/** It waits for a person, who has been told. */
const isPutAside = ({ id, row }: Slot, world: World): boolean =>
  row.state === "held" || (row.state === "failed" && world.hub.issues.has(`push:${id}`))

/** Where pools overlap, who came first may have got what the others now leave; never less than they leave. */
const isRightAtRest = (slot: Slot, world: World): boolean =>
  isExclusive(slot) ? slot.shown <= slot.truth && slot.shown >= world.expected(slot) : slot.shown === slot.truth

export const LANE_INVARIANTS: readonly Invariant[] = [
  {
    id: "nothing-lost",
    words:
      "Where a channel shows another number than it should, the row is pending, leased, waiting or put aside with an issue, " +
      "or the news of the difference is on its way.",
    at: "slot",
    check: ({ slot, world }) => {
      // What an exclusive listing is given may be less for a while; that it gets its share is asked at rest.
      const isRight = slot.shown === slot.truth || (isExclusive(slot) && slot.shown < slot.truth)
      if (isRight || isOwed(slot) || isOnTheWay(slot) || isPutAside(slot, world)) {
        return null
      }
      return `${slot.id} shows ${slot.shown}, should show ${slot.truth}, and the row says ${slot.row.state}`
    },
  },
  {
    id: "acknowledged-is-shown",
    words:
      "An acknowledged quantity is what the channel shows, unless it has sold or taken something back since, or a write " +
      "without an answer will be rechecked.",
    at: "slot",
    check: ({ slot }) => {
      const { row } = slot
      return row.acked === null ||
        row.acked === slot.shown ||
        slot.unseen > 0 ||
        slot.foreignAt !== null ||
        row.recheckAt !== null ||
        slot.open.size > 0 ||
        row.leaseToken !== null
        ? null
        : `${slot.id} shows ${slot.shown}, ${row.acked} is acknowledged`
    },
  },
  {
    id: "in-sync-is-final",
    words: "A row that is in sync has no write on its way that could still change what the channel shows.",
    at: "slot",
    check: ({ slot }) =>
      slot.row.state === "in-sync" && !isOwed(slot) && slot.open.size > 0
        ? `${slot.id} is in sync while ${slot.open.size} writes may still take effect`
        : null,
  },
  {
    id: "versions-in-order",
    words: "Versions only grow, and no row answers or claims a change that has not happened.",
    at: "change",
    check: ({ slot, before, after }) => {
      const isAhead = after.ackedVersion > after.staleVersion || after.claimedVersion > after.staleVersion
      const isBack =
        after.staleVersion < before.staleVersion ||
        after.ackedVersion < before.ackedVersion ||
        after.unknownVersion < before.unknownVersion
      return isAhead || isBack
        ? `${slot.id} goes from ${before.ackedVersion}/${before.claimedVersion}/${before.staleVersion} to ${after.ackedVersion}/${after.claimedVersion}/${after.staleVersion}`
        : null
    },
  },
  {
    id: "lease-exclusive",
    words: "Nobody takes a row whose lease still runs.",
    at: "change",
    check: ({ slot, before, after, world }) =>
      before.leaseToken !== null &&
      after.leaseToken !== null &&
      before.leaseToken !== after.leaseToken &&
      (before.leaseUntil ?? 0) > world.now
        ? `${slot.id} is taken from ${before.leaseToken} by ${after.leaseToken}`
        : null,
  },
  {
    id: "write-needs-lease",
    words: "A write is sent only by the holder of a lease that still runs.",
    at: "send",
    check: ({ write: { slot, token }, world }) =>
      slot.row.leaseToken === token && (slot.row.leaseUntil ?? 0) > world.now
        ? null
        : `${token} writes ${slot.id} without its lease`,
  },
  {
    id: "lease-outlives-call",
    words: "A lease lasts until the call it covers can no longer take effect.",
    at: "apply",
    check: ({ write: { slot, token }, world }) => {
      const isTaken = slot.row.leaseToken !== token && slot.row.leaseToken !== null
      return isTaken && slot.row.recheckAt === null && !isPending(slot.row)
        ? `a write of ${token} lands on ${slot.id} after ${world.now}, nobody looks again`
        : null
    },
  },
  {
    id: "newest-wins",
    words: "A stale quantity never overwrites a newer one unless the row is due to be written again.",
    at: "apply",
    check: ({ write: { slot, readVersion, token } }) =>
      readVersion < slot.newestApplied && !isOwed(slot) && !isOnTheWay(slot)
        ? `${token} puts truth ${readVersion} over truth ${slot.newestApplied} on ${slot.id}, and the row is settled`
        : null,
  },
  {
    id: "answered-writes-in-order",
    words: "While every call is answered, a stale quantity never overwrites a newer one at all.",
    at: "apply",
    check: ({ write: { slot, readVersion, token }, world }) =>
      world.shape.roughness.callFails === 0 &&
      world.shape.roughness.workerFailsEveryMs === Infinity &&
      readVersion < slot.newestApplied
        ? `${token} puts truth ${readVersion} over truth ${slot.newestApplied} on ${slot.id}`
        : null,
  },
  {
    id: "no-sale-overwritten",
    words:
      "Where the channel compares, a quantity worked out from what we believed it to show never lands on anything else, so " +
      "no sale that we have not heard of is wiped out.",
    at: "apply",
    check: ({ write: { slot, believed, quantity } }) =>
      slot.connection.compareAndSet && believed !== null && believed !== slot.shown
        ? `${slot.id} shows ${slot.shown}, ${believed} was believed, ${quantity} is written`
        : null,
  },
  {
    id: "settlement-needs-lease",
    words:
      "An outcome answers a change only for the worker that holds the row; whoever lost its lease can at most cast doubt.",
    at: "settle",
    check: ({ slot, after, token }) =>
      slot.row.leaseToken === token ||
      (after.ackedVersion === slot.row.ackedVersion && after.leaseToken === slot.row.leaseToken && after.acked === null)
        ? null
        : `${token} settles ${slot.id}, which ${slot.row.leaseToken ?? "nobody"} holds`,
  },
  {
    id: "number-is-explained",
    words:
      "A quantity is exactly what Medusa's stock gives at the moment it is read, worked out by a second, plainer sum.",
    at: "compute",
    check: ({ slot, computed, world }) => {
      const expected = world.expected(slot)
      return computed.kind === "show" && computed.quantity === expected
        ? null
        : `${slot.id} is computed as ${JSON.stringify(computed)}, should be ${expected}`
    },
  },
  {
    id: "never-negative",
    words: "No channel is ever told a negative or broken number.",
    at: "send",
    check: ({ write: { slot, quantity } }) =>
      Number.isSafeInteger(quantity) && quantity >= 0 ? null : `${slot.id} is told ${quantity}`,
  },
  {
    id: "oldest-cause-kept",
    words:
      "A pending row remembers the oldest change that nothing has answered, so that no change looks younger than it is.",
    at: "slot",
    check: ({ slot }) => {
      const [first] = slot.causes
      if (!first) {
        return null
      }
      const oldest = slot.causes.reduce((least, { causedAt }) => Math.min(least, causedAt), first.causedAt)
      const since = earlier(slot.row.staleSince, slot.row.claimedSince)
      return since === null || since > oldest || (since < oldest && !slot.hadRecheck)
        ? `${slot.id}: the oldest open cause is of ${oldest}, the row says ${since ?? "nothing"}`
        : null
    },
  },
  {
    id: "lease-has-end",
    words: "Every lease has an end, and a row that nobody holds has none.",
    at: "slot",
    check: ({ slot: { id, row } }) =>
      (row.leaseToken === null) === (row.leaseUntil === null)
        ? null
        : `${id} has the lease ${row.leaseToken ?? "–"} until ${row.leaseUntil ?? "–"}`,
  },
  {
    id: "at-rest-true",
    words:
      "Once nothing changes and nothing fails any more, every channel shows exactly what it should; an exclusive listing " +
      "shows its share, or as much of it as the others leave.",
    at: "rest",
    check: ({ world }) => {
      const wrong = world.slots.find((slot) => slot.row.state !== "in-sync" || !isRightAtRest(slot, world))
      return wrong
        ? `${wrong.id} shows ${wrong.shown}, should show ${world.expected(wrong)}, and the row says ${wrong.row.state} (${wrong.row.stateReason ?? "–"})`
        : null
    },
  },
]
