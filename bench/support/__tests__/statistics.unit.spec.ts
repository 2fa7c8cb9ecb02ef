import fc from "fast-check"
import { seededRandom } from "../../../scripts/demo/random"
import { parseStat } from "../processes"
import { per, percentile, spreadOf, timesOf } from "../statistics"
import { formatNumber, renderTable } from "../table"
import { zipfSampler } from "../zipf"

describe("percentile", () => {
  it.each([
    [50, 5],
    [95, 10],
    [99, 10],
    [100, 10],
    [10, 1],
    [11, 2],
    [0, 1],
  ])("takes of 1 to 10 at %i per cent the value %i", (percent, expected) => {
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], percent)).toBe(expected)
  })

  it("has nothing to say of nothing", () => {
    expect(percentile([], 50)).toBeNull()
    expect(spreadOf([])).toBeNull()
  })

  it("is a measured value that so many do not exceed, and no smaller one is", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const sorted = [...values].sort((a, b) => a - b)
        const found = percentile(sorted, percent) ?? NaN
        const share = (limit: (value: number) => boolean): number => sorted.filter(limit).length / sorted.length
        expect(sorted).toContain(found)
        expect(share((value) => value <= found) * 100).toBeGreaterThanOrEqual(percent - 1e-9)
        expect(share((value) => value < found) * 100).toBeLessThan(percent)
      })
    )
  })

  it("does not mind in which order values were measured", () => {
    expect(spreadOf([30, 10, 20])).toEqual({ count: 3, p50: 20, p95: 30, p99: 30, max: 30 })
  })
})

describe("ratios", () => {
  it("divides what was measured and leaves out what was not", () => {
    expect([per(10, 4), per(null, 4), per(10, 0)]).toEqual([2.5, null, null])
    expect([timesOf(10, 4), timesOf(10, 0), timesOf(null, 4), timesOf(10, null)]).toEqual([2.5, null, null, null])
  })
})

describe("zipfSampler", () => {
  it("draws every index, the first ones in proportion to 1 / rank", () => {
    const draw = zipfSampler(10, 1, seededRandom(7))
    const counts = Array.from({ length: 10 }, () => 0)
    for (let n = 0; n < 30_000; n += 1) {
      counts[draw()]! += 1
    }
    expect(Math.min(...counts)).toBeGreaterThan(0)
    expect(counts[0]! / counts[1]!).toBeCloseTo(2, 0)
    expect(counts[0]! / counts[9]!).toBeGreaterThan(8)
  })
})

describe("parseStat", () => {
  it("reads a process whose name holds brackets and spaces", () => {
    const stat = "42 (post (gres) x) S 7 42 42 0 -1 4194560 1 2 3 4 100 50 30 20 20 0 1 0 5 6 7"
    expect(parseStat(stat)).toEqual({ parent: 7, ownMs: 1_500, endedChildrenMs: 500 })
  })
})

describe("tables", () => {
  it("puts the first column to the left and numbers to the right", () => {
    expect(
      renderTable([
        ["", "hub"],
        ["calls", "7"],
      ])
    ).toBe("       hub\n-----  ---\ncalls    7")
  })

  it.each([
    [null, "–"],
    [0.123, "0.12"],
    [12.34, "12.3"],
    [1234.5, "1,235"],
  ])("writes %p as %s", (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })
})
