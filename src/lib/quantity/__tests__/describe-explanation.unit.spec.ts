import fc from "fast-check"
import { describeExplanation, type DescribedStep } from "../describe-explanation"
import { encodeExplanation } from "../explanation"
import type { QuantityInput, QuantityRule } from "../quantity-input"
import { arbitraryScenario, inputOf, ITEM_IDS, LOCATION_IDS, outcomeOf, toInput } from "./scenario"

const places = new Map(LOCATION_IDS.map((id, index) => [id, ["Berlin", "Hamburg", "Köln", "Wien"][index]]))
const items = new Map(ITEM_IDS.map((id, index) => [id, ["Cup", "Saucer", "Spoon", "Box", "Ribbon"][index]]))
const names = { location: places.get.bind(places), item: items.get.bind(items) }

function describeInput(input: QuantityInput): readonly DescribedStep[] {
  const steps = describeExplanation(encodeExplanation(input), names)
  if (!steps.ok) {
    throw new Error(steps.error.message)
  }
  return steps.value
}

const linesOf = (input: QuantityInput): string[] => describeInput(input).map(({ text, value }) => `${text} | ${value}`)

const assembled: Partial<QuantityRule> = { assembleAcrossLocations: true }

describe("describeExplanation", () => {
  it.each<[string, QuantityInput, string[]]>([
    ["one location", inputOf(["12/3"]), ["Berlin: 12 on hand − 3 reserved = 9 | 9"]],
    [
      "every rule",
      inputOf(["12/3 5/7"], { packSize: 2, rule: { buffer: 1, cap: 2 } }),
      [
        "Berlin: 12 on hand − 3 reserved = 9 | 9",
        "Hamburg: 5 on hand − 7 reserved = −2 | -2",
        "All 2 locations: 7 | 7",
        "− buffer 1 = 6 | 6",
        "packs of 2 → 3 | 3",
        "capped at 2 | 2",
      ],
    ],
    [
      "oversold and backordered",
      inputOf(["2/5"], { allowBackorder: true, rule: { backorderQuantity: 4 } }),
      ["Berlin: 2 on hand − 5 reserved = −3 | -3", "oversold by 3 = 0 | 0", "may be backordered: at least 4 | 4"],
    ],
    [
      "below the minimum",
      inputOf(["2/0"], { rule: { minimum: 3 } }),
      ["Berlin: 2 on hand − 0 reserved = 2 | 2", "below the minimum of 3 → 0 | 0"],
    ],
    [
      "a buffer that takes all",
      inputOf(["3/0"], { rule: { buffer: 5 } }),
      ["Berlin: 3 on hand − 0 reserved = 3 | 3", "− buffer 5 = 0 | 0"],
    ],
    [
      "rules without effect",
      inputOf(["5/0"], { allowBackorder: true, rule: { minimum: 3, cap: 9, backorderQuantity: 2 } }),
      ["Berlin: 5 on hand − 0 reserved = 5 | 5"],
    ],
    ["reserved below zero", inputOf(["5/-2"]), ["Berlin: 5 on hand = 5 (reserved cannot be −2, counts as 0) | 5"]],
    [
      "fractions",
      inputOf(["0.3 × 0.9/0 0/0.1"]),
      [
        "Berlin: 0.9 on hand − 0 reserved = 0.9 | 0.9",
        "Berlin: unit needs 0.3 × Cup: 3 | 3",
        "Hamburg: 0 on hand − 0.1 reserved = −0.1 | -0.1",
        "Hamburg: unit needs 0.3 × Cup: −1 | -1",
        "All 2 locations: 2 | 2",
      ],
    ],
    [
      "a kit",
      inputOf(["2 × 9/0 5/0", "1 × 3/2 ."]),
      [
        "Berlin, Cup: 9 on hand − 0 reserved = 9 | 9",
        "Berlin: kit needs 2 × Cup: 4 | 4",
        "Berlin, Saucer: 3 on hand − 2 reserved = 1 | 1",
        "Berlin: 1 kit, limited by Saucer | 1",
        "Hamburg, Cup: 5 on hand − 0 reserved = 5 | 5",
        "Hamburg: kit needs 2 × Cup: 2 | 2",
        "Hamburg, Saucer: not stocked here = 0 | 0",
        "Hamburg: 0 kits, limited by Saucer | 0",
        "All 2 locations: 1 | 1",
      ],
    ],
    [
      "a kit assembled across locations",
      inputOf(["2 × 3/0 6/0", "1 × 8/0 .", "1 × ."], { rule: assembled }),
      [
        "Berlin, Cup: 3 on hand − 0 reserved = 3 | 3",
        "Hamburg, Cup: 6 on hand − 0 reserved = 6 | 6",
        "All locations, Cup: 9 available | 9",
        "All locations: kit needs 2 × Cup: 4 | 4",
        "Berlin, Saucer: 8 on hand − 0 reserved = 8 | 8",
        "All locations, Spoon: 0 available | 0",
        "All locations: 0 kits, limited by Spoon | 0",
      ],
    ],
    [
      "one item summed across locations",
      inputOf(["0.5/0 0.5/2"], { rule: assembled }),
      [
        "Berlin: 0.5 on hand − 0 reserved = 0.5 | 0.5",
        "Hamburg: 0.5 on hand − 2 reserved = −1.5 | -1.5",
        "All locations, Cup: −1 available | -1",
        "oversold by 1 = 0 | 0",
      ],
    ],
    [
      "an unmanaged variant",
      inputOf([], { managed: false, rule: { unmanagedQuantity: 99, cap: 20 } }),
      ["Inventory is not managed: set to 99 | 99", "capped at 20 | 20"],
    ],
    [
      "an unmanaged variant left alone",
      inputOf([], { managed: false }),
      ["Inventory is not managed: the channel's number is left alone | null"],
    ],
    ["no item", inputOf([]), ["The variant has no inventory item: the channel's number is left alone | null"]],
    [
      "no location",
      inputOf(["."]),
      ["No location that feeds this channel stocks it: the channel's number is left alone | null"],
    ],
  ])("tells about %s", (_, input, lines) => {
    expect(linesOf(input)).toEqual(lines)
  })

  it("gives each step a code with the ids and figures that its text is made of", () => {
    expect(describeInput(inputOf(["12.5/3"], { rule: { buffer: 4 } }))).toEqual([
      {
        code: "available",
        params: {
          locationId: LOCATION_IDS[0],
          itemId: ITEM_IDS[0],
          isKit: false,
          stocked: "12.5",
          reserved: "3",
          available: "9.5",
        },
        value: 9.5,
        text: "Berlin: 12.5 on hand − 3 reserved = 9.5",
      },
      {
        code: "enough-for",
        params: { locationId: LOCATION_IDS[0], itemId: ITEM_IDS[0], isKit: false, required: "1" },
        value: 9,
        text: "Berlin: unit needs 1 × Cup: 9",
      },
      { code: "buffer", params: { from: 9, figure: 4 }, value: 5, text: "− buffer 4 = 5" },
    ])
  })

  it("shows the id of what has no name any more", () => {
    const nameless = { location: () => undefined, item: () => undefined }
    const steps = describeExplanation(encodeExplanation(inputOf(["2 × 5/0"])), nameless)
    expect(steps).toHaveProperty("value.0.text", `${LOCATION_IDS[0]}: 5 on hand − 0 reserved = 5`)
    expect(steps).toHaveProperty("value.1.text", `${LOCATION_IDS[0]}: unit needs 2 × ${ITEM_IDS[0]}: 2`)
  })

  it("fails for what is no explanation", () => {
    expect(describeExplanation("7", names)).toHaveProperty("error.kind", "invalid-data")
  })
})

describe("describeExplanation, for every input", () => {
  const settings = { numRuns: 1000 }

  it("ends at the quantity that was sent", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        const outcome = outcomeOf(toInput(scenario))
        const quantity = outcome.kind === "show" ? outcome.quantity : null
        expect(describeInput(toInput(scenario)).at(-1)?.value).toBe(quantity)
      }),
      settings
    )
  })

  it("starts every rule from the figure before it, and tells of none without effect", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        let before: number | null = null
        for (const { params, value } of describeInput(toInput(scenario))) {
          if ("from" in params) {
            expect(params.from).toBe(before)
            expect(value).not.toBe(before)
          }
          before = value
        }
      }),
      settings
    )
  })

  it("sums up the last figures of the locations", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        const lastOfLocation = new Map<string, number>()
        for (const step of describeInput(toInput(scenario))) {
          if ("locationId" in step.params && step.params.locationId !== null) {
            lastOfLocation.set(step.params.locationId, Number(step.value))
          }
          if (step.code === "total") {
            expect([...lastOfLocation.values()].reduce((sum, value) => sum + value, 0)).toBe(step.value)
            expect(lastOfLocation.size).toBe(step.params.locationCount)
          }
        }
      }),
      settings
    )
  })

  it("speaks in names, never in ids", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        expect(linesOf(toInput(scenario)).join("\n")).not.toMatch(/sloc_|iitem_|undefined|NaN/)
      }),
      settings
    )
  })
})
