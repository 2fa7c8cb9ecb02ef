import fc from "fast-check"
import type { InventoryItemId, StockLocationId } from "../../../types/ids"
import { computeQuantity, decodeExplanation, encodeExplanation, recompute, type QuantityInput } from ".."
import { arbitraryScenario, at, inputOf, ITEM_IDS, LOCATION_IDS, toInput } from "./scenario"

/** As it comes back from a jsonb column. */
const stored = (input: QuantityInput): unknown => JSON.parse(JSON.stringify(encodeExplanation(input)))

const settings = { numRuns: 1000 }

const SIMPLE = inputOf(["12/3 5/0 7/2"], { rule: { version: 7, buffer: 1 } })
const KIT = inputOf(
  ["2 × 120", "1 × 121", "0.25 × 122", "6 × 123", "1 × 124"].map((start) => `${start}/3 50/0 17.5/2`),
  { rule: { version: 7, buffer: 1 } }
)

describe("encodeExplanation", () => {
  it("writes figures, ids and amounts as compact texts", () => {
    const input = inputOf(["0.3 × 0.9/0 . -2/1", "1 × . . 4/-1"], { allowBackorder: true, packSize: 6 })
    const rule = { ...input.rule, version: 3, cap: 5, assembleAcrossLocations: true }
    const [first, , third] = LOCATION_IDS
    expect(stored({ ...input, rule })).toEqual({
      v: 1,
      f: "1 1 6 3 0 0 5 . . 1",
      l: [first, third],
      c: { [at(ITEM_IDS, 0)]: "0.3 0.9/0 -2/1", [at(ITEM_IDS, 1)]: "1 . 4/-1" },
    })
  })

  it("writes the same for the same input in another order", () => {
    const components = [...KIT.components].reverse().map((part) => ({ ...part, levels: [...part.levels].reverse() }))
    expect(encodeExplanation({ ...KIT, components })).toEqual(encodeExplanation(KIT))
  })

  it.each([
    ["one item at 3 locations", 199, SIMPLE],
    ["a kit of 5 items at 3 locations", 435, KIT],
  ])("takes for %s %d bytes", (_, bytes, input) => {
    expect(Buffer.byteLength(JSON.stringify(encodeExplanation(input)))).toBe(bytes)
  })
})

describe("decodeExplanation", () => {
  it("reads back the very input", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        expect(decodeExplanation(stored(toInput(scenario)))).toEqual({ ok: true, value: toInput(scenario) })
      }),
      settings
    )
  })

  it("reads back amounts up to the last millionth", () => {
    const input = inputOf(["0.000001 × 9007199254740990.999999/9007199254740991 -9007199254740991/0.1"])
    expect(decodeExplanation(stored(input))).toEqual({ ok: true, value: input })
  })

  it("reads items ascending by id, though jsonb keeps shorter keys first", () => {
    const read = decodeExplanation({ ...encodeExplanation(inputOf(["."])), c: { b: "1", aa: "1" } })
    expect(read).toHaveProperty("value.components.0.inventoryItemId", "aa")
  })

  it("refuses a version that it does not know, and says which", () => {
    expect(decodeExplanation({ ...encodeExplanation(SIMPLE), v: 3 })).toEqual({
      ok: false,
      error: { kind: "unsupported", message: expect.stringContaining("version 3") },
    })
  })

  it.each(["with space", "sloc_10", "7", "__proto__", "constructor", "", "ü/."])("keeps the id %j", (id) => {
    const components = inputOf(["2 × 5/1 3/0"]).components.map((component) => ({
      ...component,
      inventoryItemId: id as InventoryItemId,
      levels: component.levels.slice(0, 1).map((level) => ({ ...level, locationId: id as StockLocationId })),
    }))
    const input = { ...SIMPLE, components }
    expect(decodeExplanation(stored(input))).toEqual({ ok: true, value: input })
  })

  const simple = encodeExplanation(SIMPLE)
  const cells = (text: string): unknown => ({ ...simple, c: { item: text } })
  const figures = (text: string): unknown => ({ ...simple, f: text })

  it.each<[string, string, unknown]>([
    ["nothing", "is not one", null],
    ["text", "is not one", JSON.stringify(simple)],
    ["a list", "is not one", Object.assign([], simple)],
    ["another object", "is not one", { quantity: 7 }],
    ["a version that is text", "is not one", { ...simple, v: "1" }],
    ["missing figures", "parts", { ...simple, f: undefined }],
    ["a location that is no text", "parts", { ...simple, l: [1, 2, 3] }],
    ["locations that are no list", "parts", { ...simple, l: "sloc" }],
    ["components that are a list", "parts", { ...simple, c: [] }],
    ["components that are nothing", "parts", { ...simple, c: null }],
    ["a figure too few", "figures", figures("1 0 1 7 1 0 . . .")],
    ["a figure too many", "figures", figures("1 0 1 7 1 0 . . . 0 0")],
    ["a flag of 2", "figures", figures("2 0 1 7 1 0 . . . 0")],
    ["a flag that is null", "figures", figures("1 . 1 7 1 0 . . . 0")],
    ["a last flag of 3", "figures", figures("1 0 1 7 1 0 . . . 3")],
    ["a pack of 0", "packSize", figures("1 0 0 7 1 0 . . . 0")],
    ["a pack that is null", "packSize", figures("1 0 . 7 1 0 . . . 0")],
    ["a pack that is empty", "packSize", figures("1 0  7 1 0 . . . 0")],
    ["a negative version", "rule.version", figures("1 0 1 -7 1 0 . . . 0")],
    ["a fractional buffer", "rule.buffer", figures("1 0 1 7 1.5 0 . . . 0")],
    ["a minimum in another notation", "rule.minimum", figures("1 0 1 7 1 0x1 . . . 0")],
    ["a cap with leading zeros", "rule.cap", figures("1 0 1 7 1 0 05 . . 0")],
    ["a component that is no text", "component item", { ...simple, c: { item: 1 } }],
    ["a component with a level too few", "component item", cells("1 12/3 5/0")],
    ["a component with a level too many", "component item", cells("1 12/3 5/0 7/2 0/0")],
    ["a component that requires nothing", "required", cells("0 12/3 5/0 7/2")],
    ["a component without requirement", "component item", cells(". 12/3 5/0 7/2")],
    ["an amount in a form that we do not write", "component item", cells("1.0 12/3 5/0 7/2")],
    ["an amount that would be rounded", "component item", cells("1 12.0000001/3 5/0 7/2")],
    ["stocked without reserved", "component item", cells("1 12/3 5/0 7")],
    ["reserved without stocked", "component item", cells("1 12/3 5/0 /2")],
    ["a level with three amounts", "component item", cells("1 12/3 5/0 7/2/1")],
    ["the second of two components broken", "component z", { ...simple, c: { ...simple.c, z: "" } }],
    ["the same location twice", "twice", { ...simple, l: [LOCATION_IDS[0], LOCATION_IDS[0], LOCATION_IDS[1]] }],
  ])("refuses %s (%s)", (_, problem, foreign) => {
    expect(decodeExplanation(foreign)).toEqual({
      ok: false,
      error: { kind: "invalid-data", message: expect.stringContaining(problem) },
    })
  })

  it("fails or gives a computable input for whatever is stored, and never throws", () => {
    const junk = fc.oneof(fc.jsonValue(), fc.stringMatching(/^[0-9. /-]{0,30}$/))
    const corrupted = fc
      .record({ scenario: arbitraryScenario, part: fc.constantFrom("v", "f", "l", "c"), junk, inside: fc.boolean() })
      .map(({ scenario, part, junk: value, inside }) => {
        const explanation = encodeExplanation(toInput(scenario))
        const corrupt = inside ? { ...explanation.c, [at(ITEM_IDS, 0)]: value } : value
        return { ...explanation, [inside ? "c" : part]: corrupt }
      })
    fc.assert(
      fc.property(fc.oneof(corrupted, fc.anything()), (foreign) => {
        const decoded = decodeExplanation(foreign)
        expect(decoded.ok ? computeQuantity(decoded.value).ok : decoded.error.message.length > 0).toBe(true)
      }),
      settings
    )
  })
})

describe("recompute", () => {
  it("gives exactly what was sent", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        const input = toInput(scenario)
        expect(recompute(stored(input))).toEqual(computeQuantity(input))
      }),
      settings
    )
  })

  it("fails for what is no explanation", () => {
    expect(recompute({})).toHaveProperty("error.kind", "invalid-data")
  })

  /** Rows of 2026 as they lie in merchants' databases. Never change a line: add one with the next version. */
  it.each([
    ['{"v":1,"f":"1 0 1 7 1 0 . . . 0","l":["a","b"],"c":{"i":"1 12/3 5/0"}}', 13],
    ['{"v":1,"f":"1 0 3 7 1 2 4 . . 0","l":["a","b"],"c":{"i":"2 40/3 .","j":"0.5 9.5/0 2/1"}}', 4],
    ['{"v":1,"f":"1 1 1 7 0 0 . 6 . 1","l":["a","b"],"c":{"i":"1 2/5 1/0","j":"1 9/0 0/0"}}', 6],
    ['{"v":1,"f":"0 0 1 7 0 0 50 . 99 0","l":[],"c":{}}', 50],
  ])("still answers %s with %d", (text, quantity) => {
    expect(recompute(JSON.parse(text))).toHaveProperty("value.quantity", quantity)
  })
})
