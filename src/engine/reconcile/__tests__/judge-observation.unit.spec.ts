import fc from "fast-check"
import { newLaneRow, type LaneRow } from "../../lane/lane-row"
import { COMPARE_FAILED, decideRow, SHADOW } from "../../lane/lane-reducer"
import { markSoldByChannel } from "../../lane/mark-row"
import { judgeObservation, takeObservation } from "../judge-observation"

const row = (fields: Partial<LaneRow> = {}): LaneRow => ({
  ...newLaneRow("a", 0),
  ackedVersion: 1,
  claimedVersion: 1,
  staleSince: null,
  state: "in-sync",
  desired: 10,
  acked: 10,
  exposed: 10,
  touchedAt: 100,
  writeCount: 1,
  ...fields,
})

const says = (quantity: number | null, askedAt = 200): { quantity: number | null; askedAt: number } => ({
  quantity,
  askedAt,
})

describe("an observation", () => {
  it.each([
    ["equal to what was accepted", row(), says(10), { kind: "equal" }],
    ["without an answer", row(), says(null), { kind: "unanswered" }],
    ["below what was accepted", row(), says(7), { kind: "lower", by: 3 }],
    ["above what was accepted", row(), says(12), { kind: "higher", by: 2 }],
    ["of what nobody knew", row({ acked: null }), says(7), { kind: "learned" }],
    ["from before our last write", row({ touchedAt: 300 }), says(7), { kind: "in-flight" }],
    ["from the moment of our last write", row({ touchedAt: 200 }), says(7), { kind: "in-flight" }],
    ["while a write is on its way", row({ leaseToken: "t" }), says(7), { kind: "in-flight" }],
    ["while a lost write may still arrive", row({ recheckAt: 500 }), says(7), { kind: "in-flight" }],
  ])("%s is judged so", (_name, state, observation, judgement) => {
    expect(judgeObservation(state, observation)).toEqual(judgement)
  })

  it("that is no news changes nothing but when it was seen", () => {
    expect(takeObservation(row(), says(10), 250)).toEqual({ ...row(), observed: 10, observedAt: 200 })
  })

  it.each([
    ["unanswered", row(), says(null)],
    ["in flight", row({ leaseToken: "t" }), says(3)],
  ])("that is %s leaves the row alone", (_name, state, observation) => {
    expect(takeObservation(state, observation, 250)).toBeNull()
  })

  it("that is lower brings the number down at once, and up only after the orders", () => {
    const taken = takeObservation(row(), says(7), 250)
    expect(taken).toMatchObject({
      acked: 7,
      observed: 7,
      observedAt: 200,
      state: "pending",
      stateReason: COMPARE_FAILED,
    })
    const decide = (quantity: number, ordersThrough: number | null): string =>
      taken
        ? decideRow(taken, { kind: "show", quantity }, { now: 10_000, compareAndSet: true, ordersThrough }).kind
        : "none"
    expect([decide(5, null), decide(7, null), decide(10, null), decide(10, 199), decide(10, 200)]).toEqual([
      "write",
      "acknowledge",
      "wait",
      "wait",
      "write",
    ])
  })

  it("counts as somebody else's change, until a sale explains it or the window is over", () => {
    const first = takeObservation(row(), says(12), 250)
    expect(first).toMatchObject({ flipCount: 1, flipSince: 250 })
    const again = takeObservation(row({ flipCount: 1, flipSince: 250 }), says(12), 300)
    expect(again).toMatchObject({ flipCount: 2, flipSince: 250 })
    const late = takeObservation(row({ flipCount: 2, flipSince: 250 }), says(12), 250 + 600_000)
    expect(late).toMatchObject({ flipCount: 1 })
    expect(markSoldByChannel(row({ flipCount: 2, flipSince: 250 }), 300)).toMatchObject({
      flipCount: 0,
      flipSince: null,
    })
  })

  it("before the first write is what a preview compares with, and waits for nothing", () => {
    const preview = row({ acked: null, writeCount: 0, exposed: null, state: "held", stateReason: SHADOW })
    expect(takeObservation(preview, says(4), 250)).toMatchObject({
      acked: 4,
      state: "held",
      stateReason: SHADOW,
      exposed: 4,
    })
    const fresh = takeObservation(row({ acked: null, writeCount: 0, stateReason: null }), says(4), 250)
    expect(fresh).toMatchObject({ acked: 4, stateReason: null, state: "pending" })
  })

  it("never makes what may be live seem less, and always leaves a difference to the lane", () => {
    const anyRow = fc
      .record({
        acked: fc.option(fc.nat({ max: 30 })),
        exposed: fc.option(fc.nat({ max: 30 })),
        leaseToken: fc.option(fc.constant("t")),
        recheckAt: fc.option(fc.nat({ max: 400 })),
        touchedAt: fc.option(fc.nat({ max: 400 })),
        writeCount: fc.nat({ max: 2 }),
        ackedVersion: fc.constantFrom(0, 1),
      })
      .map((fields) => row(fields))
    fc.assert(
      fc.property(anyRow, fc.option(fc.nat({ max: 30 })), fc.nat({ max: 400 }), (state, quantity, askedAt) => {
        const taken = takeObservation(state, { quantity, askedAt }, 500)
        const { kind } = judgeObservation(state, { quantity, askedAt })
        if (!taken) {
          expect(["unanswered", "in-flight"]).toContain(kind)
          return
        }
        expect(taken.exposed ?? 0).toBeGreaterThanOrEqual(
          kind === "equal" ? 0 : Math.max(state.exposed ?? 0, quantity ?? 0)
        )
        expect(taken.acked).toBe(kind === "equal" ? state.acked : quantity)
        expect(taken.staleVersion > taken.ackedVersion || kind === "equal").toBe(true)
      }),
      { numRuns: 10_000 }
    )
  })
})
