import { seededRandom } from "../random"

const first = (seed: number, count: number): number[] => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => random())
}

describe("seededRandom", () => {
  it("gives these numbers on every machine", () => {
    expect(first(1, 4).map((value) => value.toFixed(8))).toEqual([
      "0.62707394",
      "0.00273572",
      "0.52744704",
      "0.98105097",
    ])
  })

  it("gives other numbers for another seed", () => {
    expect(first(2, 4)).not.toEqual(first(1, 4))
  })

  it("stays from 0 up to 1 and spreads evenly", () => {
    const values = first(7, 20_000)
    const tenths = Array.from({ length: 10 }, (_, tenth) => values.filter((value) => Math.floor(value * 10) === tenth))
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    for (const tenth of tenths) {
      expect(Math.abs(tenth.length - 2_000)).toBeLessThan(200)
    }
  })
})
