import fc from "fast-check"
import type { InventoryItemId, StockLocationId } from "../../../types/ids"
import { compareInputs } from "../compare-inputs"
import { amountOf } from "../decimal"
import { DEFAULT_QUANTITY_RULE } from "../default-rule"
import type { QuantityInput } from "../quantity-input"

const input: fc.Arbitrary<QuantityInput> = fc
  .record({
    stocked: fc.integer({ min: 0, max: 3 }),
    reserved: fc.integer({ min: 0, max: 3 }),
    hasSecond: fc.boolean(),
    packSize: fc.integer({ min: 1, max: 2 }),
    buffer: fc.integer({ min: 0, max: 1 }),
  })
  .map(({ stocked, reserved, hasSecond, packSize, buffer }) => ({
    managed: true,
    allowBackorder: false,
    packSize,
    rule: { ...DEFAULT_QUANTITY_RULE, buffer },
    ceiling: null,
    held: null,
    components: [
      {
        inventoryItemId: "i1" as InventoryItemId,
        required: amountOf(1),
        levels: [
          { locationId: "a" as StockLocationId, stocked: amountOf(stocked), reserved: amountOf(reserved) },
          ...(hasSecond ? [{ locationId: "b" as StockLocationId, stocked: amountOf(1), reserved: amountOf(0) }] : []),
        ],
      },
    ],
  }))

describe("compareInputs", () => {
  it("finds nothing between equals, and something between all others", () => {
    fc.assert(
      fc.property(input, input, (before, after) => {
        const isSame = JSON.stringify(before, big) === JSON.stringify(after, big)
        expect(compareInputs(before, after).length === 0).toBe(isSame)
      })
    )
  })

  it("tells the same backwards with from and to exchanged", () => {
    fc.assert(
      fc.property(input, input, (before, after) => {
        const there = compareInputs(before, after).map(({ code, from, to }) => [code, from, to])
        const back = compareInputs(after, before).map(({ code, from, to }) => [code, to, from])
        expect([...back].sort()).toEqual([...there].sort())
      })
    )
  })
})

const big = (_: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value)
