import fc from "fast-check"
import { STALE_CAUSES } from "../../../types/states"
import { newLaneRow, type LaneRow } from "../../lane/lane-row"
import {
  DEFAULT_GUARD_POLICY,
  EMPTY_GUARD_WINDOW,
  planGuard,
  releaseGuard,
  settleGuard,
  toGuardChange,
  type GuardChange,
  type GuardPlan,
  type GuardWindow,
} from "../plan-guard"

const MINUTE = 60_000
const policy = DEFAULT_GUARD_POLICY

const change = (fields: Partial<GuardChange> = {}): GuardChange => ({
  id: "a",
  base: 100,
  shown: 100,
  quantity: 100,
  sold: 0,
  cause: "edit",
  countedAt: null,
  flips: 0,
  flipsSince: null,
  ...fields,
})

const cuts = (count: number, fields: Partial<GuardChange> = {}): GuardChange[] =>
  Array.from({ length: count }, (_, index) => change({ id: `l${index}`, quantity: 0, ...fields }))

const plan = (changes: readonly GuardChange[], now = 0, window = EMPTY_GUARD_WINDOW, listingCount = 50): GuardPlan =>
  planGuard(window, changes, { now, listingCount, looming: 0, policy })

const verdictOf = (result: GuardPlan, index = 0): string => {
  const verdict = result.verdicts[index]
  return verdict?.kind === "hold" ? `hold ${verdict.show}` : "pass"
}

const HOLDING: GuardWindow = { state: "holding", since: 0, minutes: [] }

const arbitraryChange: fc.Arbitrary<GuardChange> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 4 }),
  base: fc.option(fc.nat({ max: 200 }), { freq: 5 }),
  shown: fc.option(fc.nat({ max: 200 }), { freq: 5 }),
  quantity: fc.nat({ max: 400 }),
  sold: fc.nat({ max: 60 }),
  cause: fc.option(fc.constantFrom(...STALE_CAUSES), { freq: 5 }),
  countedAt: fc.option(fc.nat({ max: 20 * MINUTE })),
  flips: fc.nat({ max: 5 }),
  flipsSince: fc.option(fc.nat({ max: 20 * MINUTE })),
})

const arbitraryWindow: fc.Arbitrary<GuardWindow> = fc.record({
  state: fc.constantFrom("watching", "holding", "released"),
  since: fc.option(fc.nat({ max: 20 * MINUTE })),
  minutes: fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 40 })), { maxLength: 12 }),
})

describe("a mass change", () => {
  it("is held from the batch on in which it shows", () => {
    const result = plan(cuts(20))
    expect(result.hasTripped).toBe(true)
    expect(result.window).toMatchObject({ state: "holding", since: 0 })
    expect(result.verdicts.every((verdict) => verdict.kind === "hold" && verdict.show === 100)).toBe(true)
    expect(result.counted).toHaveLength(20)
  })

  it.each([
    ["19 listings", cuts(19), 50],
    ["less than the share", cuts(20), 67],
    ["small changes", cuts(40, { quantity: 51 }), 50],
    ["cuts of which nobody knows the cause", cuts(40, { cause: "other" }), 50],
    ["sales", cuts(40, { cause: "sale", sold: 100 }), 50],
    ["first writes", cuts(40, { base: null }), 50],
    ["listings that were counted already", cuts(40, { countedAt: 0 }), 50],
    ["what was sold out and is back", cuts(40, { base: 0, quantity: 500 }), 50],
    ["what has doubled", cuts(40, { quantity: 299 }), 50],
  ])("is not what %s are", (_what, changes, listingCount) => {
    const result = plan(changes, 1_000, EMPTY_GUARD_WINDOW, listingCount)
    expect(result.hasTripped).toBe(false)
    expect(result.verdicts.every(({ kind }) => kind === "pass")).toBe(true)
  })

  it("counts over a window that slides", () => {
    const early = plan(cuts(19), 0)
    const tooLate = plan(cuts(1, { id: "z" }), policy.windowMs, early.window)
    expect(tooLate.hasTripped).toBe(false)
    const inTime = plan([change({ id: "z", quantity: 0 })], policy.windowMs - MINUTE, early.window)
    expect(inTime.hasTripped).toBe(true)
  })

  it("is seen before it has gone out a few at a time", () => {
    const few = planGuard(EMPTY_GUARD_WINDOW, cuts(2), { now: 0, listingCount: 50, looming: 18, policy })
    expect(few.hasTripped).toBe(true)
    const sales = cuts(2, { cause: "sale", sold: 100 })
    expect(planGuard(EMPTY_GUARD_WINDOW, sales, { now: 0, listingCount: 50, looming: 48, policy }).hasTripped).toBe(
      false
    )
  })

  it("counts increases, too", () => {
    expect(plan(cuts(20, { quantity: 300 })).hasTripped).toBe(true)
  })

  it("is told once", () => {
    const first = plan(cuts(20))
    expect(plan(cuts(20, { countedAt: 0 }), 1_000, first.window).hasTripped).toBe(false)
  })

  it("holds increases and edited cuts, and lets what was sold out of the held number", () => {
    expect(verdictOf(plan([change({ quantity: 300 })], 0, HOLDING))).toBe("hold 100")
    expect(verdictOf(plan([change({ quantity: 300, sold: 4 })], 0, HOLDING))).toBe("hold 96")
    expect(verdictOf(plan([change({ quantity: 10, sold: 4 })], 0, HOLDING))).toBe("hold 96")
    expect(verdictOf(plan([change({ quantity: 10, cause: "other" })], 0, HOLDING))).toBe("pass")
    expect(verdictOf(plan([change({ quantity: 98, sold: 2 })], 0, HOLDING))).toBe("pass")
    expect(verdictOf(plan([change({ quantity: 300, sold: 400 })], 0, HOLDING))).toBe("hold 0")
  })

  it("passes once a person says so, until the window is over", () => {
    const released = releaseGuard(plan(cuts(20)).window, 1_000)
    const during = plan(cuts(30), 2_000, released)
    expect(during.verdicts.every(({ kind }) => kind === "pass")).toBe(true)
    expect(during.window.state).toBe("released")
    const after = plan(cuts(30), 1_000 + policy.windowMs, released)
    expect(after.hasTripped).toBe(true)
  })

  it("is over when nothing is held any more", () => {
    expect(settleGuard(plan(cuts(20)).window)).toEqual(EMPTY_GUARD_WINDOW)
    const released = releaseGuard(EMPTY_GUARD_WINDOW, 5)
    expect(settleGuard(released)).toBe(released)
  })
})

describe("the window, to the minute", () => {
  const START = 100 * MINUTE
  const watching = (minutes: GuardWindow["minutes"]): GuardWindow => ({ state: "watching", since: null, minutes })

  it("counts one minute together and others apart", () => {
    const first = plan(cuts(5), START + 1_000).window
    const second = plan(cuts(3), START + 59_999, first).window
    const third = plan(cuts(2), START + 60_000, second).window
    expect([first.minutes, second.minutes, third.minutes]).toEqual([
      [[100, 5]],
      [[100, 8]],
      [
        [100, 8],
        [101, 2],
      ],
    ])
    expect(plan([change()], START + 61_000, third).window.minutes).toEqual(third.minutes)
  })

  it("forgets a minute when it is ten minutes old", () => {
    const window = watching([[100, 19]])
    expect(plan(cuts(1), START + 10 * MINUTE - 1, window).hasTripped).toBe(true)
    expect(plan(cuts(1), START + 10 * MINUTE, window)).toMatchObject({
      hasTripped: false,
      window: { minutes: [[110, 1]] },
    })
  })

  it("counts a listing again when ten minutes have gone by", () => {
    const counted = (after: number): number => plan(cuts(1, { countedAt: START }), START + after).counted.length
    expect([counted(10 * MINUTE - 1), counted(10 * MINUTE)]).toEqual([0, 1])
  })

  it("ends a release after ten minutes, and begins with an empty window", () => {
    const released = releaseGuard({ ...HOLDING, minutes: [[100, 40]] }, START)
    expect(released).toEqual({ state: "released", since: START, minutes: [] })
    expect(plan(cuts(1), START + 10 * MINUTE - 1, released).window).toEqual(released)
    expect(plan([], START + 10 * MINUTE, { ...released, minutes: [[109, 19]] }).window).toEqual(watching([]))
  })

  it("answers again when the last ten minutes were quiet", () => {
    const loop = (after: number): string =>
      verdictOf(plan([change({ quantity: 90, flips: 3, flipsSince: START })], START + after))
    expect([loop(5 * MINUTE), loop(10 * MINUTE - 1), loop(10 * MINUTE)]).toEqual(["hold 100", "hold 100", "pass"])
  })
})

describe("the limits of a mass change", () => {
  it.each([
    ["half of it", 50, 1],
    ["less than half", 51, 0],
    ["three times", 300, 1],
    ["less than three times", 299, 0],
  ])("%s of 100 counts or not", (_, quantity, counted) => {
    expect(plan([change({ quantity })]).counted).toHaveLength(counted)
  })

  it("is the share itself, not more than it", () => {
    const hasTripped = (listings: number): boolean => plan(cuts(30), 0, EMPTY_GUARD_WINDOW, listings).hasTripped
    expect([hasTripped(100), hasTripped(101)]).toEqual([true, false])
  })

  it("is told apart from a loop", () => {
    const reasons = plan(
      [change({ quantity: 0, flips: 3, flipsSince: 0 }), change({ quantity: 0 })],
      1,
      HOLDING
    ).verdicts.map((verdict) => verdict.kind === "hold" && verdict.reason)
    expect(reasons).toEqual(["loop", "mass-change"])
  })
})

describe("a loop", () => {
  const flipping = { flips: policy.maxFlips, flipsSince: 0, cause: "other" as const }

  it("is not answered for ever", () => {
    expect(verdictOf(plan([change({ ...flipping, quantity: 20 })], 1_000))).toBe("hold 100")
    expect(verdictOf(plan([change({ ...flipping, flips: policy.maxFlips - 1, quantity: 20 })], 1_000))).toBe("pass")
    expect(verdictOf(plan([change({ ...flipping, quantity: 20 })], policy.windowMs))).toBe("pass")
  })

  it("is left where the other program has put it, whatever we told", () => {
    expect(verdictOf(plan([change({ ...flipping, base: 7, shown: 50, quantity: 7 })], 1_000))).toBe("hold 50")
    expect(verdictOf(plan([change({ ...flipping, base: 7, shown: 50, quantity: 50 })], 1_000))).toBe("pass")
    expect(verdictOf(plan([change({ ...flipping, base: 7, shown: 50, quantity: 6, sold: 1 })], 1_000))).toBe("pass")
  })

  it("never holds what was sold", () => {
    expect(verdictOf(plan([change({ ...flipping, quantity: 97, sold: 3 })], 1_000))).toBe("pass")
    expect(verdictOf(plan([change({ ...flipping, quantity: 20, sold: 3 })], 1_000))).toBe("hold 97")
  })
})

describe("whatever comes", () => {
  const anything = fc.tuple(
    arbitraryWindow,
    fc.array(arbitraryChange, { maxLength: 60 }),
    fc.nat({ max: 25 * MINUTE }),
    fc.nat({ max: 300 })
  )

  it("no decrease that sales explain is held", () => {
    fc.assert(
      fc.property(anything, ([window, changes, now, listingCount]) => {
        const result = planGuard(window, changes, { now, listingCount, looming: 0, policy })
        changes.forEach((item, index) => {
          const { base, quantity, sold } = item
          if (base !== null && sold > 0 && quantity <= base && quantity >= Math.max(0, base - sold)) {
            expect(result.verdicts[index]).toEqual({ kind: "pass" })
          }
        })
      }),
      { numRuns: 10_000 }
    )
  })

  it("a held number never rises, and falls by all that was sold", () => {
    fc.assert(
      fc.property(anything, ([window, changes, now, listingCount]) => {
        const result = planGuard(window, changes, { now, listingCount, looming: 0, policy })
        result.verdicts.forEach((verdict, index) => {
          const item = changes[index]
          if (verdict.kind === "hold" && item) {
            expect(verdict.base).toBe(item.base)
            const isLeftAlone = verdict.reason === "loop" && item.sold === 0 && item.shown !== null
            expect(verdict.show).toBe(isLeftAlone ? item.shown : Math.max(0, (item.base ?? 0) - item.sold))
          }
        })
      }),
      { numRuns: 10_000 }
    )
  })

  it("a cut is only ever held when somebody is known to have edited the stock, or keeps changing the channel", () => {
    fc.assert(
      fc.property(anything, ([window, changes, now, listingCount]) => {
        const result = planGuard(window, changes, { now, listingCount, looming: 0, policy })
        changes.forEach((item, index) => {
          const isCut = item.base !== null && item.quantity < item.base
          if (isCut && item.cause !== "edit" && item.flips < policy.maxFlips) {
            expect(result.verdicts[index]?.kind).toBe("pass")
          }
        })
      }),
      { numRuns: 10_000 }
    )
  })

  it("a listing is counted at most once within the window", () => {
    fc.assert(
      fc.property(anything, ([window, changes, now, listingCount]) => {
        const { counted } = planGuard(window, changes, { now, listingCount, looming: 0, policy })
        for (const item of changes) {
          if (
            item.countedAt !== null &&
            now - item.countedAt < policy.windowMs &&
            changes.every((x) => x.id !== item.id || x === item)
          ) {
            expect(counted).not.toContain(item.id)
          }
        }
      }),
      { numRuns: 5_000 }
    )
  })
})

describe("what a guard compares with", () => {
  const row = (fields: Partial<LaneRow>): LaneRow => ({ ...newLaneRow("a", 0), writeCount: 1, ...fields })

  it.each([
    ["what was told and shown", { acked: 8, desired: 8 }, 8],
    ["what was told, where somebody has put more", { acked: 9, desired: 0 }, 0],
    ["what is shown, where something was sold", { acked: 3, desired: 8 }, 3],
    ["what was told, while nobody knows what is shown", { acked: null, desired: 8 }, 8],
    ["what is shown, before anything was told", { acked: 3, desired: null }, 3],
    ["nothing before the first write", { acked: 3, desired: 8, writeCount: 0 }, null],
  ])("is %s", (_what, fields, base) => {
    expect(toGuardChange(row(fields), 5, 1).base).toBe(base)
  })

  it("counts what was sold since the last acknowledgement, in whole packs", () => {
    const sold = (claimedSoldUnits: number, ackedSoldUnits: number, packSize: number): number =>
      toGuardChange(row({ claimedSoldUnits, ackedSoldUnits }), 5, packSize).sold
    expect([sold(9, 2, 1), sold(9, 2, 6), sold(9, 3, 6), sold(2, 9, 1)]).toEqual([7, 2, 1, 0])
  })
})
