import { backoffMs } from "../../../lib/backoff"
import { claimRow, decideRow, settleRow, type LaneOutcome } from "../lane-reducer"
import { markSoldByChannel, markStale } from "../mark-row"
import { canClaim, isPending, mayShowOurs, newLaneRow, type LaneRow } from "../lane-row"

const LEASE_MS = 20_000
const LATE_MS = 5_000

const claim = (row: LaneRow, now: number, token = "t1"): LaneRow => {
  const claimed = claimRow(row, { now, token, leaseMs: LEASE_MS, lateApplyWindowMs: LATE_MS })
  if (!claimed) {
    throw new Error("row could not be claimed")
  }
  return claimed
}

const settle = (
  row: LaneRow,
  outcome: LaneOutcome,
  at: { now: number; claimedAt?: number; token?: string }
): LaneRow => {
  const settled = settleRow(row, outcome, {
    now: at.now,
    token: at.token ?? "t1",
    claimedAt: at.claimedAt ?? at.now,
    lateApplyWindowMs: LATE_MS,
    random: 0.5,
  })
  if (!settled) {
    throw new Error("lease was lost")
  }
  return settled
}

const accepted = (quantity: number): LaneOutcome => ({ kind: "written", quantity, result: { status: "accepted" } })
const unknown: LaneOutcome = { kind: "written", quantity: 7, result: { status: "unknown", message: "no answer" } }
const refused = (kind: "transient" | "invalid-data" | "auth", retryAfterMs?: number): LaneOutcome => ({
  kind: "written",
  quantity: 7,
  result: { status: "failed", failure: { kind, message: "no", ...(retryAfterMs ? { retryAfterMs } : {}) } },
})

const synced = (quantity: number): LaneRow => settle(claim(newLaneRow("a", 0), 0), accepted(quantity), { now: 10 })

describe("lane row", () => {
  it("owes the channel a number from the beginning", () => {
    expect(isPending(newLaneRow("a", 0))).toBe(true)
    expect(newLaneRow("a", 0).acked).toBeNull()
  })

  it("is in sync once the channel has accepted the claimed version", () => {
    expect(synced(7)).toMatchObject({
      state: "in-sync",
      acked: 7,
      desired: 7,
      writeCount: 1,
      leaseToken: null,
      staleSince: null,
    })
    expect(isPending(synced(7))).toBe(false)
  })

  it("stays pending when it went stale while the write was on its way", () => {
    const claimed = claim(newLaneRow("a", 0), 0)
    const row = settle(markStale(claimed, { causedAt: 5, urgency: 1 }), accepted(7), { now: 10 })
    expect(row).toMatchObject({ state: "pending", acked: 7, staleSince: 5, priority: 1 })
    expect(canClaim(row, 10)).toBe(true)
  })

  it("takes up a thousand changes with one claim and keeps the oldest cause", () => {
    let row = synced(7)
    for (let index = 0; index < 1_000; index++) {
      row = markStale(row, { causedAt: 100 + index, urgency: 0 })
    }
    const claimed = claim(row, 2_000)
    expect(claimed).toMatchObject({ claimedVersion: 1_001, claimedSince: 100, staleSince: null, changeCount: 1_000 })
    expect(settle(claimed, accepted(3), { now: 2_001 })).toMatchObject({ state: "in-sync", writeCount: 2 })
  })

  it("cannot be claimed twice while its lease holds", () => {
    const claimed = markStale(claim(newLaneRow("a", 0), 0), { causedAt: 1, urgency: 0 })
    expect(
      claimRow(claimed, { now: LEASE_MS - 1, token: "t2", leaseMs: LEASE_MS, lateApplyWindowMs: LATE_MS })
    ).toBeNull()
  })

  it("writes once more what a worker may have overwritten after it had lost its lease", () => {
    const taken = claim(claim(newLaneRow("a", 0), 0), LEASE_MS, "t2")
    const settlement = { now: LEASE_MS, token: "t1", claimedAt: 0, lateApplyWindowMs: LATE_MS, random: 0 }
    // What was written in spite of that may be what the channel shows now.
    expect(settleRow(taken, accepted(7), settlement)).toEqual({
      ...taken,
      acked: null,
      exposed: 7,
      touchedAt: LEASE_MS,
      recheckAt: LEASE_MS + LATE_MS,
    })
    expect(settleRow({ ...taken, recheckAt: null }, accepted(7), settlement)).toMatchObject({ recheckAt: LEASE_MS })
    expect(settleRow(taken, { kind: "released" }, settlement)).toBeNull()
  })

  it("does not trust the channel's number after a worker died with a write on its way", () => {
    const dead = claim(markStale(synced(7), { causedAt: 20, urgency: 0 }), 20)
    const taken = claim(dead, 20 + LEASE_MS, "t2")
    expect(taken).toMatchObject({ acked: null, recheckAt: 20 + LEASE_MS + LATE_MS, claimedSince: 20 })
  })
})

describe("decision about a claimed row", () => {
  const at = { now: 0, compareAndSet: false }

  it("makes no call when the channel shows the number already", () => {
    const row = claim(markStale(synced(7), { causedAt: 20, urgency: 0 }), 20)
    expect(decideRow(row, { kind: "show", quantity: 7 }, at)).toEqual({ kind: "acknowledge", quantity: 7 })
  })

  it("writes when the channel's number is unknown, even if it was right before", () => {
    const row = claim(markSoldByChannel(synced(7), 20), 20)
    expect(decideRow(row, { kind: "show", quantity: 7 }, at)).toEqual({ kind: "write", quantity: 7, compareWith: null })
  })

  it("compares with the accepted number where the channel can", () => {
    const row = claim(markStale(synced(7), { causedAt: 20, urgency: 0 }), 20)
    expect(decideRow(row, { kind: "show", quantity: 5 }, { now: 20, compareAndSet: true })).toEqual({
      kind: "write",
      quantity: 5,
      compareWith: 7,
    })
  })

  it("leaves the channel alone when the quantity is not known", () => {
    const row = claim(newLaneRow("a", 0), 0)
    expect(decideRow(row, { kind: "leave", reason: "unmanaged" }, at)).toEqual({ kind: "skip", reason: "unmanaged" })
  })

  it("heals down at once but does not raise over a sale that may be on its way", () => {
    const stale = claim(markStale(synced(7), { causedAt: 20, urgency: 0 }), 20)
    const conflict = settle(
      stale,
      { kind: "written", quantity: 9, result: { status: "conflict", observed: 6 } },
      { now: 30 }
    )
    expect(conflict).toMatchObject({ state: "conflict", acked: 6, observed: 6 })
    const again = claim(conflict, 31)
    const context = { now: 31, compareAndSet: true }
    expect(decideRow(again, { kind: "show", quantity: 5 }, context)).toEqual({
      kind: "write",
      quantity: 5,
      compareWith: 6,
    })
    expect(decideRow(again, { kind: "show", quantity: 9 }, context)).toMatchObject({ kind: "wait" })
    expect(decideRow(again, { kind: "show", quantity: 9 }, { ...context, now: 5_000 })).toMatchObject({ kind: "write" })
  })
})

describe("outcome of a write", () => {
  it("treats a timeout as unknown: writes again, and once more when a late write can no longer arrive", () => {
    const timedOut = settle(claim(newLaneRow("a", 0), 0), unknown, { now: 100, claimedAt: 0 })
    expect(timedOut).toMatchObject({ acked: null, recheckAt: 100 + LATE_MS, state: "pending", leaseToken: null })

    const again = claim(timedOut, 1_000)
    const early = settle(again, accepted(7), { now: 1_010, claimedAt: 1_000 })
    expect(early).toMatchObject({ acked: 7, recheckAt: 100 + LATE_MS, state: "pending" })
    expect(canClaim(early, 1_010)).toBe(false)

    const recheck = claim(early, 100 + LATE_MS)
    expect(
      decideRow(recheck, { kind: "show", quantity: 7 }, { now: 100 + LATE_MS, compareAndSet: false })
    ).toMatchObject({ kind: "write" })
    expect(settle(recheck, accepted(7), { now: 6_000, claimedAt: 100 + LATE_MS })).toMatchObject({
      state: "in-sync",
      recheckAt: null,
    })
  })

  it("tries again for ever after a transient failure, later each time and never before the channel allows", () => {
    const once = settle(claim(newLaneRow("a", 0), 0), refused("transient"), { now: 100 })
    expect(once).toMatchObject({ state: "pending", attempts: 1, acked: null, staleSince: 0 })
    expect(once.nextAttemptAt).toBe(100 + backoffMs(1, 0.5))
    const asked = settle(claim(newLaneRow("a", 0), 0), refused("transient", 60_000), { now: 100 })
    expect(asked.nextAttemptAt).toBe(60_100)
  })

  it("gives up a version that the channel refuses for good, until something changes", () => {
    const row = settle(claim(newLaneRow("a", 0), 0), refused("invalid-data"), { now: 100 })
    expect(row).toMatchObject({ state: "failed", stateReason: "invalid-data", error: "no" })
    expect(canClaim(row, 1e9)).toBe(false)
    expect(canClaim(markStale(row, { causedAt: 200, urgency: 0 }), 200)).toBe(true)
  })

  it("keeps work of a connection without credentials, so that it resumes by itself", () => {
    expect(isPending(settle(claim(newLaneRow("a", 0), 0), refused("auth"), { now: 100 }))).toBe(true)
  })

  it("keeps the channel's number unknown when it sold while the write was on its way", () => {
    const claimed = claim(markStale(synced(7), { causedAt: 20, urgency: 0 }), 20)
    const row = settle(markSoldByChannel(claimed, 25), accepted(5), { now: 30 })
    expect(row).toMatchObject({ acked: null, state: "pending" })
  })

  it("skips with the reason and is not pending", () => {
    const row = settle(claim(newLaneRow("a", 0), 0), { kind: "skip", reason: "unmanaged" }, { now: 10 })
    expect(row).toMatchObject({ state: "skipped", stateReason: "unmanaged" })
    expect(isPending(row)).toBe(false)
  })

  it("may have put a number on the channel as soon as one was sent and not answered, or its worker died", () => {
    const fresh = claim(newLaneRow("a", 0), 0)
    const unanswered = settle(fresh, unknown, { now: 100 })
    const orphan = claim(fresh, LEASE_MS, "t2")
    const refusedSince = settle(claim(unanswered, 100 + LATE_MS), refused("invalid-data"), { now: 200 + LATE_MS })
    expect([fresh, unanswered, orphan, refusedSince].map(mayShowOurs)).toEqual([false, true, true, true])
    expect(mayShowOurs(synced(7))).toBe(false)
    expect(mayShowOurs(markSoldByChannel(synced(7), 20))).toBe(true)
  })

  it("knows nothing of the channel any more when the recheck was skipped or refused", () => {
    const unanswered = settle(claim(newLaneRow("a", 0), 0), unknown, { now: 100 })
    for (const outcome of [{ kind: "skip", reason: "unmanaged" } as const, refused("invalid-data")]) {
      const answered = settle(claim(unanswered, 1_000), accepted(0), { now: 1_100 })
      const rechecked = settle(claim(answered, 100 + 2 * LATE_MS), outcome, { now: 100 + 2 * LATE_MS + 100 })
      expect([answered.acked, answered.recheckAt !== null]).toEqual([0, true])
      expect([rechecked.acked, rechecked.recheckAt]).toEqual([null, null])
    }
  })

  it("does not forget a late write because a later version was skipped or refused", () => {
    const timedOut = settle(claim(newLaneRow("a", 0), 0), unknown, { now: 100, claimedAt: 0 })
    for (const outcome of [{ kind: "skip", reason: "unmanaged" } as const, refused("invalid-data")]) {
      const closed = settle(claim(timedOut, 1_000), outcome, { now: 1_010, claimedAt: 1_000 })
      expect(closed).toMatchObject({ recheckAt: 100 + LATE_MS, ackedVersion: 1 })
      const rechecked = settle(claim(closed, 100 + LATE_MS), outcome, { now: 6_000, claimedAt: 100 + LATE_MS })
      expect(rechecked).toMatchObject({ state: closed.state, recheckAt: null })
      expect(isPending(rechecked)).toBe(false)
    }
  })

  it("does not trust the number of a conflict when the channel sold during the write", () => {
    const claimed = claim(markStale(synced(7), { causedAt: 20, urgency: 0 }), 20)
    const conflict: LaneOutcome = { kind: "written", quantity: 9, result: { status: "conflict", observed: 6 } }
    expect(settle(claimed, conflict, { now: 30 }).acked).toBe(6)
    expect(settle(markSoldByChannel(claimed, 25), conflict, { now: 30 })).toMatchObject({
      acked: null,
      observed: 6,
      state: "conflict",
    })
  })

  it("leaves a row that waits as a conflict until the sale would have been told", () => {
    const row = settle(claim(newLaneRow("a", 0), 0), { kind: "wait", quantity: 9, until: 1_530 }, { now: 40 })
    expect(row).toMatchObject({ desired: 9, nextAttemptAt: 1_530, leaseToken: null, staleSince: 0 })
    expect([canClaim(row, 1_529), canClaim(row, 1_530)]).toEqual([false, true])
  })

  it("refuses a quantity that cannot be computed, without a write", () => {
    const failure = { kind: "invalid-data", message: "no" } as const
    const row = claim(newLaneRow("a", 0), 0)
    expect(decideRow(row, { kind: "invalid", failure }, { now: 0, compareAndSet: true })).toEqual({
      kind: "fail",
      failure,
    })
    expect(settle(row, { kind: "fail", failure }, { now: 10 })).toMatchObject({ state: "failed", writeCount: 0 })
  })

  it("takes no outcome that the types do not know", () => {
    const row = claim(newLaneRow("a", 0), 0)
    expect(() => settle(row, { kind: "else" } as unknown as LaneOutcome, { now: 1 })).toThrow("Unhandled case")
    expect(() =>
      settle(row, { kind: "written", quantity: 1, result: { status: "else" } } as unknown as LaneOutcome, { now: 1 })
    ).toThrow("Unhandled case")
  })

  it("gives a row back untouched when nothing was sent", () => {
    const stale = markStale(synced(7), { causedAt: 20, urgency: 2 })
    expect(settle(claim(stale, 30), { kind: "released" }, { now: 40 })).toEqual({
      ...stale,
      claimedVersion: stale.staleVersion,
      cause: null,
      claimedCause: "other",
    })
  })
})

describe("backoff", () => {
  it.each([1, 2, 5, 20, 1_000])("stays between 125 ms and 5 minutes after %i failures", (attempts) => {
    for (const random of [0, 0.5, 0.999999]) {
      expect(backoffMs(attempts, random)).toBeGreaterThanOrEqual(125)
      expect(backoffMs(attempts, random)).toBeLessThanOrEqual(300_000)
    }
  })

  it("grows", () => {
    expect(backoffMs(6, 0.5)).toBeGreaterThan(backoffMs(2, 0.5))
  })
})
