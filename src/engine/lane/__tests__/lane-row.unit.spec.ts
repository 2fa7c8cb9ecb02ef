import { canClaim, earlier, later, mayShowOurs, newLaneRow, strongerCause, type LaneRow } from "../lane-row"
import { markSoldByChannel, markStale } from "../mark-row"

const pending: LaneRow = newLaneRow("a", 0)
const settled: LaneRow = { ...pending, ackedVersion: 1, state: "in-sync" }

describe("a row", () => {
  it.each<[string, LaneRow, boolean]>([
    ["that is stale", pending, true],
    ["that owes nothing", settled, false],
    ["that is stale under a lease", { ...pending, leaseUntil: 101 }, false],
    ["that is stale after a lease", { ...pending, leaseUntil: 100 }, true],
    ["that is stale before its next attempt", { ...pending, nextAttemptAt: 101 }, false],
    ["that is stale at its next attempt", { ...pending, nextAttemptAt: 100 }, true],
    ["whose recheck is due", { ...settled, recheckAt: 100 }, true],
    ["whose recheck is not due", { ...settled, recheckAt: 101 }, false],
    ["whose recheck is due under a lease", { ...settled, recheckAt: 100, leaseUntil: 101 }, false],
  ])("%s may be taken up or not", (_, row, expected) => {
    expect(canClaim(row, 100)).toBe(expected)
  })

  it.each<[string, Partial<LaneRow>, boolean]>([
    ["was never tried", {}, false],
    ["was accepted once", { writeCount: 1 }, true],
    ["got no answer", { touchedAt: 5 }, true],
    ["is known", { writeCount: 1, touchedAt: 5, acked: 7 }, false],
  ])("whose number %s may show ours or not", (_, fields, expected) => {
    expect(mayShowOurs({ ...pending, ...fields })).toBe(expected)
  })
})

describe("marking", () => {
  it("counts what was sold and keeps the cause that says most", () => {
    const once = markStale(settled, { causedAt: 9, urgency: 2, cause: "sale", sold: 3 })
    expect(once).toMatchObject({ state: "pending", soldUnits: 3, cause: "sale", priority: 2, staleSince: 0 })
    const twice = markStale(once, { causedAt: 12, urgency: 1, cause: "edit", sold: 2 })
    expect(twice).toMatchObject({ soldUnits: 5, cause: "edit", priority: 2, changeCount: 2 })
    expect(markStale(twice, { causedAt: 13, urgency: 0 })).toMatchObject({ soldUnits: 5, cause: "edit" })
    expect(markStale(settled, { causedAt: 13, urgency: 0 }).cause).toBe("other")
  })

  it("calls what a channel sold a sale, and nobody's doing", () => {
    const row = { ...settled, acked: 7, flipCount: 2, flipSince: 3, touchedAt: 20 }
    expect(markSoldByChannel(row, 15)).toMatchObject({
      acked: null,
      cause: "sale",
      unknownVersion: 2,
      touchedAt: 20,
      flipCount: 0,
      flipSince: null,
    })
    expect(markSoldByChannel(row, 25).touchedAt).toBe(25)
  })
})

describe("of two", () => {
  it.each([
    [null, null, null],
    [null, "sale", "sale"],
    ["other", null, "other"],
    ["sale", "other", "other"],
    ["other", "sale", "other"],
    ["edit", "other", "edit"],
    ["sale", "edit", "edit"],
    ["edit", "edit", "edit"],
  ] as const)("causes, %p and %p, the stronger is %p", (a, b, expected) => {
    expect(strongerCause(a, b)).toBe(expected)
  })

  it.each([
    [null, null, null, null],
    [null, 3, 3, 3],
    [3, null, 3, 3],
    [3, 5, 3, 5],
    [5, 3, 3, 5],
  ])("times, %p and %p, the earlier is %p and the later %p", (a, b, first, last) => {
    expect([earlier(a, b), later(a, b)]).toEqual([first, last])
  })
})
