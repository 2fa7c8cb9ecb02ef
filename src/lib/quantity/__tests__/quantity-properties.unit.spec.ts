import fc from "fast-check"
import { computeQuantity } from "../compute-quantity"
import type { Amount } from "../decimal"
import type { ComponentLevel, QuantityInput } from "../quantity-input"
import { countByHand } from "./count-by-hand"
import { amount, answerOf, arbitraryScenario, at, inputOf, outcomeOf, toInput, type Scenario } from "./scenario"

const MAX = Number.MAX_SAFE_INTEGER
const settings = { numRuns: 1500 }

/** The quantity; 0 where the channel's number is left alone. */
function quantityOf(input: QuantityInput): number {
  const answer = answerOf(input)
  return typeof answer === "number" ? answer : 0
}

interface Change {
  readonly scenario: Scenario
  readonly item: number
  readonly location: number
  /** Tenths. */
  readonly by: number
}

const arbitraryChange: fc.Arbitrary<Change> = fc.record({
  scenario: arbitraryScenario,
  item: fc.nat({ max: 3 }),
  location: fc.nat({ max: 3 }),
  by: fc.nat({ max: 40 }),
})

function raise(field: "stocked" | "reserved", { scenario, item, location, by }: Change): QuantityInput {
  const input = toInput(scenario)
  const raised = (level: ComponentLevel): ComponentLevel => ({
    ...level,
    [field]: (level[field] + amount((by / 10).toFixed(1))) as Amount,
  })
  return {
    ...input,
    components: input.components.map((component, index) => ({
      ...component,
      levels: component.levels.map((level, place) => (index === item && place === location ? raised(level) : level)),
    })),
  }
}

describe("computeQuantity, for every input", () => {
  it("answers what a person counts by hand", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        const { units, quantity } = countByHand(scenario)
        const outcome = outcomeOf(toInput(scenario))
        expect(outcome.kind === "show" ? outcome.quantity : null).toBe(quantity)
        expect(outcome.kind === "show" ? outcome.oversoldBy : 0).toBe(units !== null && units < 0 ? -units : 0)
      }),
      settings
    )
  })

  it("shows a whole number from 0 to the cap", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        const quantity = quantityOf(toInput(scenario))
        expect(Number.isSafeInteger(quantity) && quantity >= 0).toBe(true)
        expect(quantity).toBeLessThanOrEqual(scenario.rule.cap ?? MAX)
      }),
      settings
    )
  })

  it("never promises a part of a pack, or the buffer", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        const noBackorder = { ...scenario, managed: true, allowBackorder: false }
        const quantity = quantityOf(toInput(noBackorder))
        fc.pre(quantity > 0)
        const { units } = countByHand(noBackorder)
        expect(quantity * scenario.packSize + scenario.rule.buffer).toBeLessThanOrEqual(units ?? -1)
      }),
      settings
    )
  })

  it("never shows less because more is on hand", () => {
    fc.assert(
      fc.property(arbitraryChange, (change) => {
        const before = quantityOf(toInput(change.scenario))
        expect(quantityOf(raise("stocked", change))).toBeGreaterThanOrEqual(before)
      }),
      settings
    )
  })

  it("never shows more because more is reserved", () => {
    fc.assert(
      fc.property(arbitraryChange, (change) => {
        const before = quantityOf(toInput(change.scenario))
        expect(quantityOf(raise("reserved", change))).toBeLessThanOrEqual(before)
      }),
      settings
    )
  })

  it("never shows more because the buffer or the pack is larger", () => {
    fc.assert(
      fc.property(arbitraryScenario, fc.nat({ max: 5 }), fc.nat({ max: 3 }), (scenario, moreBuffer, morePieces) => {
        const rule = { ...scenario.rule, buffer: scenario.rule.buffer + moreBuffer }
        const stricter = { ...scenario, packSize: scenario.packSize + morePieces, rule }
        expect(quantityOf(toInput(stricter))).toBeLessThanOrEqual(quantityOf(toInput(scenario)))
      }),
      settings
    )
  })

  it("does not depend on the order of items and locations", () => {
    fc.assert(
      fc.property(arbitraryScenario, fc.infiniteStream(fc.nat()), (scenario, weights) => {
        const shuffle = <Value>(values: readonly Value[]): Value[] =>
          values
            .map((value) => ({ value, weight: Number(weights.next().value) }))
            .sort((left, right) => left.weight - right.weight)
            .map(({ value }) => value)
        const input = toInput(scenario)
        const components = shuffle(input.components).map((part) => ({ ...part, levels: shuffle(part.levels) }))
        expect(computeQuantity({ ...input, components })).toEqual(computeQuantity(input))
      }),
      settings
    )
  })

  it("is exact for amounts of any size", () => {
    const arbitraryAmount = fc.bigInt({ min: 0n, max: 9007199254740991000000n })
    const arbitraryRequired = fc.bigInt({ min: 1n, max: 10n ** 15n })
    const component = at(inputOf(["1/0"]).components, 0)
    const level = at(component.levels, 0)
    fc.assert(
      fc.property(arbitraryAmount, arbitraryAmount, arbitraryRequired, (stocked, reserved, required) => {
        const available = stocked - reserved
        fc.pre(available / required < BigInt(MAX))
        const levels = [{ ...level, stocked: stocked as Amount, reserved: reserved as Amount }]
        const input = { ...inputOf([]), components: [{ ...component, required: required as Amount, levels }] }
        const quantity = BigInt(quantityOf(input))
        expect(quantity === 0n || quantity * required <= available).toBe(true)
        expect((quantity + 1n) * required > available).toBe(true)
      })
    )
  })

  it("refuses or answers any figures, and never throws", () => {
    const anyFigure = fc.oneof(fc.double(), fc.integer(), fc.nat(), fc.constant(null))
    const anyFigures = fc.record({
      version: anyFigure,
      buffer: anyFigure,
      minimum: anyFigure,
      cap: anyFigure,
      backorderQuantity: anyFigure,
      unmanagedQuantity: anyFigure,
    })
    fc.assert(
      fc.property(arbitraryScenario, anyFigures, anyFigure, (scenario, figures, packSize) => {
        const input = toInput(scenario)
        const changed: object = { packSize, rule: { ...input.rule, ...figures } }
        const result = computeQuantity({ ...input, ...changed })
        const isQuantity = result.ok && (result.value.kind === "leave" || Number.isSafeInteger(result.value.quantity))
        expect(isQuantity || (!result.ok && result.error.kind === "invalid-data")).toBe(true)
      }),
      settings
    )
  })
})
