import fc from "fast-check"
import {
  addAmounts,
  amountOf,
  formatAmount,
  multiplyAmount,
  parseAmount,
  subtractAmounts,
  wholeUnits,
  type Amount,
  type Rounding,
} from "../decimal"
import { amount } from "./scenario"

const arbitraryAmount = fc
  .bigInt({ min: -9007199254740991000000n, max: 9007199254740991000000n })
  .map((millionths) => millionths as Amount)

describe("parseAmount", () => {
  it.each<[string | number, Rounding, bigint]>([
    ["0", "down", 0n],
    ["12", "down", 12_000_000n],
    ["-3", "down", -3_000_000n],
    ["12.5", "down", 12_500_000n],
    ["12.50000000000000000000", "up", 12_500_000n],
    ["-0.5", "up", -500_000n],
    ["0007", "down", 7_000_000n],
    [0.3, "up", 300_000n],
    [-0, "down", 0n],
    ["0.3333333333", "down", 333_333n],
    ["0.3333333333", "up", 333_334n],
    ["-0.3333333333", "down", -333_334n],
    ["-0.3333333333", "up", -333_333n],
    ["1e3", "down", 1_000_000_000n],
    ["1.25E+2", "down", 125_000_000n],
    [1e-7, "down", 0n],
    [1e-7, "up", 1n],
    [-1e-7, "down", -1n],
    ["15e-7", "up", 2n],
    ["0e999", "down", 0n],
    [9007199254740991, "down", 9007199254740991000000n],
    ["-9007199254740991", "down", -9007199254740991000000n],
  ])("reads %j rounded %s as %s millionths", (value, rounding, millionths) => {
    expect(parseAmount(value, rounding)).toEqual({ ok: true, value: millionths })
  })

  it.each<[string | number]>([
    [""],
    [" 1"],
    ["1 "],
    ["1,5"],
    ["+1"],
    [".5"],
    ["5."],
    ["1e"],
    ["1e1000"],
    ["--1"],
    ["0x10"],
    ["NaN"],
    ["Infinity"],
    [NaN],
    [-Infinity],
    ["١"],
    ["0.".padEnd(101, "0")],
    ["9007199254740992"],
    ["9007199254740991.000001"],
    ["-9007199254740992"],
    [1e21],
  ])("refuses %j and quotes it", (value) => {
    expect(parseAmount(value, "down")).toEqual({
      ok: false,
      error: { kind: "invalid-data", message: expect.stringContaining(JSON.stringify(String(value).slice(0, 40))) },
    })
  })

  it("rounds to the neighbour on the side that was asked for", () => {
    const arbitraryText = fc.record({
      sign: fc.constantFrom("", "-"),
      whole: fc.stringMatching(/^\d{1,8}$/),
      fraction: fc.stringMatching(/^\d{1,12}$/),
      exponent: fc.integer({ min: -14, max: 6 }),
      rounding: fc.constantFrom<Rounding>("down", "up"),
    })
    fc.assert(
      fc.property(arbitraryText, ({ sign, whole, fraction, exponent, rounding }) => {
        const parsed = parseAmount(`${sign}${whole}.${fraction}e${exponent}`, rounding)
        // The exact value is `numerator / 10^20` millionths.
        const shift = BigInt(20 + 6 + exponent - fraction.length)
        const numerator = BigInt(`${sign}${whole}${fraction}`) * 10n ** shift
        const millionths = (parsed.ok ? parsed.value : 0n) * 10n ** 20n
        const gap = rounding === "down" ? numerator - millionths : millionths - numerator
        expect(parsed.ok && gap >= 0n && gap < 10n ** 20n).toBe(true)
      })
    )
  })
})

describe("formatAmount", () => {
  it.each<[bigint, string]>([
    [0n, "0"],
    [12_500_000n, "12.5"],
    [-3_000_000n, "-3"],
    [-500_000n, "-0.5"],
    [1n, "0.000001"],
    [10_020_000n, "10.02"],
    [9007199254740991000000n, "9007199254740991"],
  ])("writes %s millionths as %s", (millionths, text) => {
    expect(formatAmount(millionths as Amount)).toBe(text)
  })

  it("writes what parseAmount reads back exactly", () => {
    fc.assert(
      fc.property(arbitraryAmount, fc.constantFrom<Rounding>("down", "up"), (value, rounding) => {
        expect(parseAmount(formatAmount(value), rounding)).toEqual({ ok: true, value })
      })
    )
  })
})

describe("amountOf", () => {
  it.each([0, 1, -7, Number.MAX_SAFE_INTEGER])("makes %d whole units", (units) => {
    expect(formatAmount(amountOf(units))).toBe(String(units))
  })

  it.each([0.5, NaN, Infinity, 2 ** 53])("throws a bug for %d", (units) => {
    expect(() => amountOf(units)).toThrow(expect.objectContaining({ kind: "bug" }))
  })
})

describe("addAmounts and subtractAmounts", () => {
  it("adds tenths without the error of floats", () => {
    expect(addAmounts(amount("0.1"), amount("0.2"))).toBe(amount("0.3"))
  })

  it("subtracts below zero", () => {
    expect(subtractAmounts(amount("0.3"), amount("0.9"))).toBe(amount("-0.6"))
  })
})

describe("multiplyAmount", () => {
  it.each([
    ["0.3", 3, "0.9"],
    ["-2", 4, "-8"],
    ["0.000001", Number.MAX_SAFE_INTEGER, "9007199254.740991"],
    ["7", 0, "0"],
  ])("takes %s times %d: %s", (once, times, product) => {
    expect(formatAmount(multiplyAmount(amount(once), times))).toBe(product)
  })
})

describe("wholeUnits", () => {
  it.each([
    ["0.9", "0.3", 3],
    ["0.899999", "0.3", 2],
    ["7", "2", 3],
    ["-1", "2", -1],
    ["-2", "2", -1],
    ["-0.000001", "5", -1],
    ["0", "0.1", 0],
    ["9007199254740991", "0.5", Number.MAX_SAFE_INTEGER],
    ["-9007199254740991", "0.5", -Number.MAX_SAFE_INTEGER],
  ])("finds that %s is enough for units of %s: %d", (available, perUnit, units) => {
    expect(wholeUnits(amount(available), amount(perUnit))).toBe(units)
  })

  it("is the largest whole number that the amount is enough for", () => {
    const arbitraryPerUnit = fc.bigInt({ min: 1n, max: 50_000_000n })
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), arbitraryPerUnit, (available, perUnit) => {
        const units = BigInt(wholeUnits(available as Amount, perUnit as Amount))
        expect(units * perUnit <= available && (units + 1n) * perUnit > available).toBe(true)
      })
    )
  })
})
