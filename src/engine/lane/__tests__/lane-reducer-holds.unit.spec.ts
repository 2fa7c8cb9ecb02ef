import {
  decideRow,
  holdBack,
  learnShown,
  settleRow,
  SHADOW,
  UNSEEN_SALE_GRACE_MS,
  type DecisionContext,
  type LaneDecision,
  type LaneOutcome,
  type Settlement,
} from "../lane-reducer"
import { newLaneRow, type LaneRow } from "../lane-row"

const NOW = 1_000_000
/** Orders are not read again sooner. */
const PAUSE_MS = 250
const settlement: Settlement = { now: NOW, token: "t", claimedAt: NOW - 10, lateApplyWindowMs: 5_000, random: 0.5 }

/** Claimed at its newest version, with 7 on the channel. */
const row = (fields: Partial<LaneRow> = {}): LaneRow => ({
  ...newLaneRow("a", 0),
  desired: 7,
  acked: 7,
  exposed: 7,
  staleVersion: 3,
  claimedVersion: 3,
  ackedVersion: 2,
  claimedSince: NOW - 500,
  staleSince: null,
  leaseToken: "t",
  leaseUntil: NOW + 1_000,
  claimedCause: "edit",
  soldUnits: 4,
  claimedSoldUnits: 4,
  ackedSoldUnits: 1,
  priority: 2,
  writeCount: 1,
  ...fields,
})

const settle = (outcome: LaneOutcome, fields: Partial<LaneRow> = {}): LaneRow | null =>
  settleRow(row(fields), outcome, settlement)

const write = (quantity: number): Extract<LaneDecision, { kind: "write" }> => ({
  kind: "write",
  quantity,
  compareWith: 7,
})

describe("a number that waits for a person", () => {
  it("stays off the channel, with words that say what it would be", () => {
    expect(settle({ kind: "hold", quantity: 90, reason: "mass-change" })).toMatchObject({
      state: "held",
      stateReason: "mass-change",
      error: "Would show 90, but waits for a person.",
      desired: 7,
      acked: 7,
      ackedVersion: 3,
      leaseToken: null,
      priority: 0,
    })
  })

  it("is what is desired in a preview, where nothing has been told yet", () => {
    expect(settle({ kind: "hold", quantity: 90, reason: SHADOW })).toMatchObject({ state: "held", desired: 90 })
  })

  it("is pending when something changed meanwhile", () => {
    expect(settle({ kind: "hold", quantity: 90, reason: SHADOW }, { staleVersion: 4 })).toMatchObject({
      state: "pending",
      priority: 2,
    })
  })

  it("is held whole when the channel shows what it may, and in part when something was sold", () => {
    const verdict = { reason: "mass-change", show: 5 }
    expect(holdBack(row({ acked: 5 }), write(90), verdict)).toEqual({
      kind: "hold",
      quantity: 90,
      reason: "mass-change",
    })
    expect(holdBack(row(), write(90), verdict)).toEqual({
      ...write(5),
      heldBack: { reason: "mass-change", target: 90 },
    })
  })

  it("waits on when the part that was sold has gone out, with its cause", () => {
    const sold: LaneOutcome = {
      kind: "written",
      quantity: 5,
      result: { status: "accepted" },
      heldBack: { reason: "mass-change", target: 90 },
    }
    expect(settle(sold)).toMatchObject({
      state: "held",
      stateReason: "mass-change",
      error: "Would show 90, but waits for a person.",
      acked: 5,
      desired: 5,
      observed: 5,
      observedAt: NOW,
      claimedCause: "edit",
      ackedSoldUnits: 4,
      touchedAt: NOW,
      writeCount: 2,
    })
    expect(settle({ kind: "written", quantity: 5, result: { status: "accepted" } })).toMatchObject({
      state: "in-sync",
      stateReason: null,
      error: null,
      claimedCause: null,
    })
  })
})

describe("a decision", () => {
  const context: DecisionContext = { now: NOW, compareAndSet: true }
  const show = (quantity: number) => ({ kind: "show", quantity }) as const
  const refused = (fields: Partial<LaneRow> = {}): LaneRow =>
    row({ stateReason: "compare-failed", observedAt: NOW - 100, ...fields })

  it("in shadow is held, unless the channel shows the number already", () => {
    const shadow = { ...context, isShadow: true }
    expect(decideRow(row(), show(9), shadow)).toEqual({ kind: "hold", quantity: 9, reason: SHADOW })
    expect(decideRow(row(), show(7), shadow)).toEqual({ kind: "acknowledge", quantity: 7 })
  })

  it("waits until a channel without a list of orders would have told of a sale", () => {
    const decide = (observedAt: number): LaneDecision => decideRow(refused({ observedAt }), show(9), context)
    expect(decide(NOW - 100)).toEqual({ kind: "wait", quantity: 9, until: NOW - 100 + UNSEEN_SALE_GRACE_MS })
    expect(decide(NOW - UNSEEN_SALE_GRACE_MS + 1)).toEqual({ kind: "wait", quantity: 9, until: NOW + PAUSE_MS })
    expect(decide(NOW - UNSEEN_SALE_GRACE_MS).kind).toBe("write")
  })

  it("waits until the orders have been read past what the channel was seen to show", () => {
    const decide = (ordersThrough: number | null): LaneDecision =>
      decideRow(refused({ observedAt: NOW - 90_000 }), show(9), { ...context, ordersThrough })
    expect(decide(null)).toEqual({ kind: "wait", quantity: 9, until: NOW + PAUSE_MS })
    expect(decide(NOW - 90_001).kind).toBe("wait")
    expect(decide(NOW - 90_000).kind).toBe("write")
  })

  it("lowers at once, whatever may have been sold, and trusts a channel that has refused nothing", () => {
    expect(decideRow(refused(), show(6), context)).toEqual({ kind: "write", quantity: 6, compareWith: 7 })
    expect(decideRow(row({ observedAt: NOW - 100 }), show(9), context).kind).toBe("write")
    expect(decideRow(refused({ acked: null }), show(9), context)).toMatchObject({ kind: "write", compareWith: null })
  })

  it("writes again what shows the number already when the recheck is due", () => {
    const kinds = [NOW, NOW + 1].map((recheckAt) => decideRow(row({ recheckAt }), show(7), context).kind)
    expect(kinds).toEqual(["write", "acknowledge"])
  })
})

describe("a wait", () => {
  const wait = (seen?: { quantity: number; at: number }): LaneOutcome => ({
    kind: "wait",
    quantity: 9,
    until: NOW + 50,
    ...(seen ? { seen } : {}),
  })

  it("gives the row back with its age", () => {
    expect(settle(wait())).toMatchObject({
      desired: 9,
      acked: 7,
      nextAttemptAt: NOW + 50,
      leaseToken: null,
      leaseUntil: null,
      claimedSince: null,
      staleSince: NOW - 500,
      stateReason: null,
    })
  })

  it("keeps what was read, unless the channel has sold since", () => {
    const seen = { quantity: 3, at: NOW - 20 }
    expect(settle(wait(seen), { unknownVersion: 3 })).toMatchObject({
      acked: 3,
      observed: 3,
      observedAt: NOW - 20,
      stateReason: "compare-failed",
    })
    expect(settle(wait(seen), { unknownVersion: 4, staleVersion: 4 })).toMatchObject({ acked: 7, stateReason: null })
  })

  it("learns what the channel shows as a comparison that failed does", () => {
    expect(learnShown(row({ acked: null }), 3, NOW)).toEqual(
      row({ acked: 3, observed: 3, observedAt: NOW, stateReason: "compare-failed" })
    )
  })
})

describe("a refused comparison", () => {
  const conflict = (observed: number | null): LaneOutcome => ({
    kind: "written",
    quantity: 9,
    result: { status: "conflict", observed: observed ?? 0 },
  })

  it("is answered at once the first time, and then with growing waits", () => {
    expect(settle(conflict(3))).toMatchObject({ attempts: 1, nextAttemptAt: null, state: "conflict", desired: 9 })
    const again = settle(conflict(3), { attempts: 1 })
    expect(again?.attempts).toBe(2)
    expect(again?.nextAttemptAt).toBeGreaterThan(NOW)
  })

  it("says what may be live: the most of what we know and what was seen", () => {
    expect([settle(conflict(3))?.exposed, settle(conflict(30))?.exposed]).toEqual([7, 30])
    expect(settle(conflict(3), { exposed: null })?.exposed).toBe(3)
  })

  it("tells what the channel shows, unless it has sold since the claim", () => {
    expect(settle(conflict(3), { unknownVersion: 3 })).toMatchObject({ acked: 3, observed: 3, observedAt: NOW })
    expect(settle(conflict(3), { unknownVersion: 4 })).toMatchObject({ acked: null, observed: 3 })
  })
})

describe("a number whose write was claimed before the channel sold", () => {
  it("is unknown, and one that was claimed after it is known", () => {
    const accepted: LaneOutcome = { kind: "written", quantity: 5, result: { status: "accepted" } }
    expect([3, 4].map((unknownVersion) => settle(accepted, { unknownVersion })?.acked)).toEqual([5, null])
  })
})

describe("an outcome that comes after the lease", () => {
  const late = (result: Extract<LaneOutcome, { kind: "written" }>["result"], fields: Partial<LaneRow> = {}) =>
    settle({ kind: "written", quantity: 9, result }, { leaseToken: "other", ...fields })

  it("is forgotten when nothing was put on the channel", () => {
    expect(late({ status: "conflict", observed: 3 })).toBeNull()
    expect(late({ status: "failed", failure: { kind: "transient", message: "no" } })).toBeNull()
    expect(settle({ kind: "acknowledge", quantity: 7 }, { leaseToken: "other" })).toBeNull()
  })

  it("makes the number unknown when it may have landed on top of a newer one", () => {
    expect(late({ status: "accepted" }, { state: "in-sync" })).toMatchObject({
      acked: null,
      exposed: 9,
      touchedAt: NOW,
      recheckAt: NOW,
      state: "pending",
      leaseToken: "other",
    })
    expect(late({ status: "unknown", message: "?" }, { state: "held", exposed: 20 })).toMatchObject({
      exposed: 20,
      recheckAt: NOW + 5_000,
      state: "held",
    })
    expect(late({ status: "accepted" }, { exposed: null })?.exposed).toBe(9)
  })
})
