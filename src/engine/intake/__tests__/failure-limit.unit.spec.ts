import { FailureLimit } from "../failure-limit"

const limit = (): FailureLimit => new FailureLimit({ most: 3, windowMs: 1_000, capacity: 2 })

describe("FailureLimit", () => {
  it("lets so many pass in a window and then says how long to wait", () => {
    const failures = limit()
    expect([0, 10, 20].map((now) => failures.note("a", now))).toEqual([0, 0, 0])
    expect(failures.note("a", 400)).toBe(600)
    expect(failures.note("a", 999)).toBe(1)
  })

  it("begins anew with the next window", () => {
    const failures = limit()
    ;[0, 1, 2, 3].forEach((now) => failures.note("a", now))
    expect(failures.note("a", 1_000)).toBe(0)
  })

  it("counts each key alone", () => {
    const failures = limit()
    ;[0, 1, 2, 3].forEach((now) => failures.note("a", now))
    expect(failures.note("b", 4)).toBe(0)
    expect(failures.note("a", 5)).toBeGreaterThan(0)
  })

  it("forgets the oldest of too many keys, so that a flood of them takes no memory", () => {
    const failures = limit()
    ;[0, 1, 2, 3].forEach((now) => failures.note("a", now))
    failures.note("b", 4)
    failures.note("c", 5)
    expect(failures.note("a", 6)).toBe(0)
  })
})
