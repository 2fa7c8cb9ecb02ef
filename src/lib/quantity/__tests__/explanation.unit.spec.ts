import fc from "fast-check"
import { computeQuantity, decodeExplanation, encodeExplanation, recompute, type QuantityInput } from ".."
import { arbitraryScenario, at, inputOf, ITEM_IDS, LOCATION_IDS, toInput } from "./scenario"

/** As it comes back from a jsonb column. */
const stored = (input: QuantityInput): unknown => JSON.parse(JSON.stringify(encodeExplanation(input)))

const settings = { numRuns: 1000 }

const SIMPLE = inputOf(["12/3 5/0 7/2"], { rule: { version: 7, buffer: 1 } })
const KIT = inputOf([
  "2 × 12/3 5/0 7/2",
  "1 × 40/4 . 9/9",
  "0.25 × 3.5/1 0/0 1/0",
  "6 × 96/12 8/0 .",
  "1 × 5/1 5/1 5/1",
])

describe("encodeExplanation", () => {
  it("writes whole amounts as numbers, others as text, absent levels as nulls", () => {
    const input = inputOf(["0.3 × 0.9/0 . -2/1", "1 × . . 4/-1"], { allowBackorder: true, packSize: 6 })
    const rule = { ...input.rule, version: 3, cap: 5, assembleAcrossLocations: true }
    const [first, , third] = LOCATION_IDS
    expect(stored({ ...input, rule })).toEqual({
      v: 1,
      u: [1, 1, 6],
      r: [3, 0, 0, 5, null, null, 1],
      l: [first, third],
      c: [
        [ITEM_IDS[0], "0.3", "0.9", 0, -2, 1],
        [ITEM_IDS[1], 1, null, null, 4, -1],
      ],
    })
  })

  it("writes the same for the same input in another order", () => {
    const components = [...KIT.components].reverse().map((part) => ({ ...part, levels: [...part.levels].reverse() }))
    expect(encodeExplanation({ ...KIT, components })).toEqual(encodeExplanation(KIT))
  })

  it.each([
    ["one item at 3 locations", 214, SIMPLE],
    ["a kit of 5 items at 3 locations", 442, KIT],
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

  it("refuses a version that it does not know, and says which", () => {
    expect(decodeExplanation({ ...encodeExplanation(SIMPLE), v: 2 })).toEqual({
      ok: false,
      error: { kind: "unsupported", message: expect.stringContaining("version 2") },
    })
  })

  const simple = encodeExplanation(SIMPLE)
  const row = at(simple.c, 0)
  const [itemId, ...cells] = row
  const rule = (index: number, value: unknown): unknown => ({ ...simple, r: simple.r.with(index, value as never) })

  it.each<[string, string, unknown]>([
    ["nothing", "is not one", null],
    ["text", "is not one", JSON.stringify(simple)],
    ["a list", "is not one", [1, 2]],
    ["another object", "is not one", { quantity: 7 }],
    ["a missing part", "parts", { ...simple, u: undefined }],
    ["a short variant", "parts", { ...simple, u: [1, 0] }],
    ["a long rule", "parts", { ...simple, r: [...simple.r, 0] }],
    ["a location that is no text", "parts", { ...simple, l: [1, 2, 3] }],
    ["components that are no list", "parts", { ...simple, c: {} }],
    ["a flag of 2", "flag", { ...simple, u: [2, 0, 1] }],
    ["a flag that is a boolean", "flag", rule(6, true)],
    ["a pack of 0", "packSize", { ...simple, u: [1, 0, 0] }],
    ["a pack that is text", "packSize", { ...simple, u: [1, 0, "1"] }],
    ["a buffer that is null", "rule.buffer", rule(1, null)],
    ["a cap that is text", "rule.cap", rule(3, "5")],
    ["a component that is no list", "component 0", { ...simple, c: [{}] }],
    ["a component without its last cell", "component 0", { ...simple, c: [row.slice(0, -1)] }],
    ["a component whose id is no text", "component 0", { ...simple, c: [[7, ...cells]] }],
    ["a component that requires nothing", "required", { ...simple, c: [[itemId, 0, ...cells.slice(1)]] }],
    ["an amount in a form that we do not write", "component 0", { ...simple, c: [[itemId, "1.0", ...cells.slice(1)]] }],
    ["whole units as text", "component 0", { ...simple, c: [[itemId, "1", ...cells.slice(1)]] }],
    ["a fraction as number", "component 0", { ...simple, c: [[itemId, 0.5, ...cells.slice(1)]] }],
    ["an amount that is a list", "component 0", { ...simple, c: [[itemId, [1], ...cells.slice(1)]] }],
    ["a component with a cell too many", "component 0", { ...simple, c: [[...row, 0]] }],
    ["reserved without stocked", "component 0", { ...simple, c: [[...row.slice(0, -2), null, 0]] }],
    ["stocked without reserved", "component 0", { ...simple, c: [[...row.slice(0, -1), null]] }],
    ["the second of two components broken", "component 1", { ...simple, c: [row, []] }],
    ["the same component twice", "twice", { ...simple, c: [row, row] }],
    ["the same location twice", "twice", { ...simple, l: [LOCATION_IDS[0], LOCATION_IDS[0], LOCATION_IDS[1]] }],
  ])("refuses %s (%s)", (_, problem, foreign) => {
    expect(decodeExplanation(foreign)).toEqual({
      ok: false,
      error: { kind: "invalid-data", message: expect.stringContaining(problem) },
    })
  })

  it("fails or gives a computable input for whatever is stored, and never throws", () => {
    const corrupted = fc
      .record({
        scenario: arbitraryScenario,
        part: fc.constantFrom("v", "u", "r", "l", "c"),
        at: fc.nat({ max: 8 }),
        junk: fc.jsonValue(),
      })
      .map(({ scenario, part, at: index, junk }) => {
        const explanation: Record<string, unknown> = { ...encodeExplanation(toInput(scenario)) }
        const value = explanation[part]
        explanation[part] = Array.isArray(value) && index < value.length ? value.with(index, junk) : junk
        return explanation
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
    ['{"v":1,"u":[1,0,1],"r":[7,1,0,null,null,null,0],"l":["a","b"],"c":[["i",1,12,3,5,0]]}', 13],
    [
      '{"v":1,"u":[1,0,3],"r":[7,1,2,4,null,null,0],"l":["a","b"],"c":[["i",2,40,3,null,null],["j","0.5","9.5",0,2,1]]}',
      4,
    ],
    ['{"v":1,"u":[1,1,1],"r":[7,0,0,null,6,null,1],"l":["a","b"],"c":[["i",1,2,5,1,0],["j",1,9,0,0,0]]}', 6],
    ['{"v":1,"u":[0,0,1],"r":[7,0,0,50,null,99,0],"l":[],"c":[]}', 50],
  ])("still answers %s with %d", (text, quantity) => {
    expect(recompute(JSON.parse(text))).toHaveProperty("value.quantity", quantity)
  })
})
