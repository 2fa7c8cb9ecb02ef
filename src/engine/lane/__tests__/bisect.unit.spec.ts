import fc from "fast-check"
import { answerSpan, beginBisection, callBudget, nextSpan, type Bisection, type Span } from "../bisect"

interface Found {
  readonly taken: ReadonlySet<number>
  readonly refused: ReadonlySet<number>
  readonly calls: number
}

/** A channel that refuses every call with a bad item in it. */
function search(count: number, isBad: (item: number) => boolean): Found {
  const taken = new Set<number>()
  const refused = new Set<number>()
  let bisection: Bisection = beginBisection(count)
  for (let span: Span | null = nextSpan(bisection); span; span = nextSpan(bisection)) {
    const { from, to } = span
    const items = Array.from({ length: to - from }, (_, index) => index + from)
    if (items.some(isBad)) {
      if (items.length === 1) {
        items.forEach((item) => refused.add(item))
      }
      bisection = answerSpan(bisection, "refused")
    } else {
      items.forEach((item) => taken.add(item))
      bisection = answerSpan(bisection, "taken")
    }
  }
  return { taken, refused, calls: bisection.calls }
}

describe("bisecting a refused batch", () => {
  it("costs one call for a good batch, and none for an empty one", () => {
    expect(search(250, () => false)).toMatchObject({ calls: 1, refused: new Set() })
    expect(search(0, () => true).calls).toBe(0)
  })

  it("finds the one bad item of 250, wherever it is, with at most 2·log₂ 250 calls more", () => {
    const most = Math.max(
      ...Array.from({ length: 250 }, (_, bad) => {
        const found = search(250, (item) => item === bad)
        expect([...found.refused]).toEqual([bad])
        expect(found.taken.size).toBe(249)
        return found.calls - 1
      })
    )
    expect(most).toBeLessThanOrEqual(2 * Math.log2(250))
    expect(most).toBeGreaterThan(Math.log2(250))
  })

  it("answers for every item exactly once, whichever are bad", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 300 }), (bad) => {
        const found = search(bad.length, (item) => bad[item] === true)
        bad.forEach((isBad, item) => {
          expect([found.taken.has(item), found.refused.has(item)]).toEqual([!isBad, isBad])
        })
        const worst = 1 + bad.filter(Boolean).length * (2 * Math.ceil(Math.log2(Math.max(2, bad.length))) + 1)
        expect(found.calls).toBeLessThanOrEqual(worst)
      }),
      { numRuns: 10_000 }
    )
  })

  it("ends although the refusal passes in the middle of the search", () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.nat({ max: 30 }), (count, refusals) => {
        let bisection = beginBisection(count)
        const taken = new Set<number>()
        for (let span = nextSpan(bisection); span; span = nextSpan(bisection)) {
          const isRefused = bisection.calls < refusals && span.to - span.from > 1
          for (let item = span.from; !isRefused && item < span.to; item += 1) {
            taken.add(item)
          }
          bisection = answerSpan(bisection, isRefused ? "refused" : "taken")
        }
        expect(taken.size).toBe(count)
      }),
      { numRuns: 10_000 }
    )
  })

  it("does nothing more once everything is answered", () => {
    const done = answerSpan(beginBisection(3), "taken")
    expect(answerSpan(done, "refused")).toEqual(done)
  })

  it("has a budget for a few bad items, never for all of a large batch", () => {
    expect(callBudget(250)).toBeGreaterThan(2 * Math.log2(250) * 2)
    expect(callBudget(250)).toBeLessThan(100)
    expect(callBudget(1)).toBeGreaterThanOrEqual(1)
  })
})
