import fc from "fast-check"
import { amountOf, DEFAULT_QUANTITY_RULE, encodeExplanation } from "../../../lib/quantity"
import type { InventoryItemId, StockLocationId } from "../../../types/ids"
import { judgeAcknowledged, judgeExplanation, samplePercent, type ExplanationRow } from "../audit-explanations"

const inputs = (stocked: number, reserved: number): unknown =>
  JSON.parse(
    JSON.stringify(
      encodeExplanation({
        managed: true,
        allowBackorder: false,
        packSize: 1,
        components: [
          {
            inventoryItemId: "iitem_1" as InventoryItemId,
            required: amountOf(1),
            levels: [
              { locationId: "sloc_1" as StockLocationId, stocked: amountOf(stocked), reserved: amountOf(reserved) },
            ],
          },
        ],
        rule: DEFAULT_QUANTITY_RULE,
        ceiling: null,
        held: null,
      })
    )
  )

const row = (quantity: number, stored: unknown = inputs(12, 5)): ExplanationRow => ({
  id: "hexp_1",
  company_id: "hcomp_default",
  connection_id: "hconn_1",
  listing_id: "hlst_1",
  quantity,
  inputs: stored,
})

describe("the audit of an explanation", () => {
  it("verifies exactly the quantity that follows from the inputs", () => {
    const count = fc.integer({ min: 0, max: 10_000 })
    fc.assert(
      fc.property(count, count, count, (stocked, reserved, claimed) => {
        const right = Math.max(stocked - reserved, 0)
        expect(judgeExplanation(row(right, inputs(stocked, reserved)))).toBe("verified")
        const verdict = judgeExplanation(row(claimed, inputs(stocked, reserved)))
        expect(typeof verdict === "object").toBe(claimed !== right)
      })
    )
  })

  it("names what was stored and what follows", () => {
    expect(judgeExplanation(row(8))).toMatchObject({
      kind: "explanation",
      explanation_id: "hexp_1",
      stored: 8,
      recomputed: 7,
    })
  })

  it("takes a damaged explanation for wrong, and one of a later version for one that it cannot tell", () => {
    expect(judgeExplanation(row(7, { v: 1 }))).toMatchObject({ recomputed: null })
    expect(judgeExplanation(row(7, null))).toMatchObject({ recomputed: null })
    expect(judgeExplanation(row(7, { v: 99 }))).toBe("unsupported")
  })
})

describe("the audit of an acknowledged number", () => {
  const acknowledged = (over: object): unknown =>
    judgeAcknowledged({ ...row(7), acked: 7, desired: 7, is_known_otherwise: false, ...over })

  it.each([
    ["explained", {}, "verified"],
    ["explained otherwise", { acked: 6, desired: 6, is_known_otherwise: true }, "verified"],
  ])("%s is verified", (_name, over, verdict) => {
    expect(acknowledged(over)).toBe(verdict)
  })

  it.each([
    ["another than the explained one", { acked: 6, desired: 6 }],
    ["another than the wanted one", { acked: 6, is_known_otherwise: true }],
    ["not wanted any more", { desired: null }],
    ["explained by inputs that give another", { quantity: 8, acked: 8, desired: 8 }],
  ])("%s is wrong", (_name, over) => {
    expect(acknowledged(over)).toMatchObject({ explanation_id: "hexp_1" })
  })
})

describe("the share of a table that is read", () => {
  it("is all of a small one, and less the larger it is, but never nothing", () => {
    expect([0, 9_999, 10_000].map((rows) => samplePercent(rows, 1_000))).toEqual([100, 100, 100])
    expect(samplePercent(1_000_000, 1_000)).toBe(1)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.integer({ min: 1, max: 1e5 }), (rows, sample) => {
        const percent = samplePercent(rows, sample)
        expect(percent).toBeGreaterThan(0)
        expect(percent).toBeLessThanOrEqual(100)
      })
    )
  })
})
