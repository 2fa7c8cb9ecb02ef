import { computeQuantity } from "../compute-quantity"
import type { QuantityInput, QuantityRule } from "../quantity-input"
import { answerOf, at, inputOf, ITEM_IDS, LOCATION_IDS, outcomeOf } from "./scenario"

const MAX = Number.MAX_SAFE_INTEGER

describe("computeQuantity", () => {
  it.each<[string, number, QuantityInput]>([
    ["what is on hand", 12, inputOf(["12/0"])],
    ["what is not reserved", 9, inputOf(["12/3"])],
    ["the sum of locations", 14, inputOf(["12/3 5/0"])],
    ["the sum less what is oversold at one location", 6, inputOf(["10/0 1/5"])],
    ["nothing when more is reserved than is there", 0, inputOf(["2/5"])],
    ["nothing when the shelf itself is below zero", 0, inputOf(["-4/0"])],
    ["no more than on hand when reserved is below zero (medusa#12401)", 10, inputOf(["10/-3"])],
    ["exact shares of fractional stock", 3, inputOf(["0.3 × 0.9/0"])],
    ["whole units only", 9, inputOf(["9.999999/0"])],
    ["whole units at each location, not of the sum", 0, inputOf(["0.5/0 0.5/0"])],
    ["a deficit of half a unit as a whole one", 4, inputOf(["5/0 0/0.5"])],
    ["what the buffer leaves", 8, inputOf(["9/0"], { rule: { buffer: 1 } })],
    ["nothing when the buffer takes all", 0, inputOf(["3/0"], { rule: { buffer: 5 } })],
    ["whole packs only", 2, inputOf(["8/0"], { packSize: 3 })],
    ["packs of what the buffer leaves", 2, inputOf(["9/0"], { packSize: 3, rule: { buffer: 1 } })],
    ["nothing below the minimum", 0, inputOf(["2/0"], { rule: { minimum: 3 } })],
    ["all at the minimum", 3, inputOf(["3/0"], { rule: { minimum: 3 } })],
    ["nothing below the minimum in packs, not pieces", 0, inputOf(["8/0"], { packSize: 3, rule: { minimum: 3 } })],
    ["no more than the cap", 5, inputOf(["9/0"], { rule: { cap: 5 } })],
    ["nothing with a cap of zero", 0, inputOf(["9/0"], { rule: { cap: 0 } })],
    ["its share, rounded down", 4, inputOf(["9/0"], { rule: { sharePercent: 50 } })],
    ["all with a share of a hundred", 9, inputOf(["9/0"], { rule: { sharePercent: 100 } })],
    ["nothing with a share of nothing", 0, inputOf(["9/0"], { rule: { sharePercent: 0 } })],
    ["no more than the ceiling", 5, inputOf(["9/0"], { ceiling: 5 })],
    ["nothing with a ceiling of zero", 0, inputOf(["9/0"], { ceiling: 0 })],
    ["what a guard holds, whatever is there", 7, inputOf(["90/0"], { held: { base: 7, sold: 0 } })],
    ["what a guard holds less what was sold", 5, inputOf(["90/0"], { held: { base: 7, sold: 2 } })],
    ["nothing when more was sold than a guard holds", 0, inputOf(["90/0"], { held: { base: 2, sold: 7 } })],
  ])("shows %s: %d", (_, quantity, input) => {
    expect(answerOf(input)).toBe(quantity)
  })

  it.each<[string, number, Partial<QuantityRule>, boolean]>([
    ["at least the backorder quantity", 7, { backorderQuantity: 7 }, true],
    ["what is there when that is more", 2, { backorderQuantity: 1 }, true],
    ["the backorder quantity also below the minimum", 7, { backorderQuantity: 7, minimum: 5 }, true],
    ["the backorder quantity also when it is below the minimum itself", 1, { backorderQuantity: 1, minimum: 5 }, true],
    ["no more than the cap in spite of backorders", 4, { backorderQuantity: 7, cap: 4 }, true],
    ["what is there without a backorder quantity", 2, { backorderQuantity: null }, true],
    ["what is there when the variant may not be backordered", 2, { backorderQuantity: 7 }, false],
  ])("shows %s: %d", (_, quantity, rule, allowBackorder) => {
    expect(answerOf(inputOf(["2/0"], { rule, allowBackorder }))).toBe(quantity)
  })

  const assembled = { rule: { assembleAcrossLocations: true } }

  it.each<[string, number, QuantityInput]>([
    ["as many as the scarcest part allows", 4, inputOf(["2 × 9/0", "1 × 20/0"])],
    ["what each location can put together", 4, inputOf(["1 × 3/0 5/0", "1 × 8/0 1/0"])],
    ["no kit where a part is missing", 3, inputOf(["1 × 3/0 5/0", "1 × 8/0 ."])],
    ["no kit from parts at different locations", 0, inputOf(["1 × 4/0 0/0", "1 × 0/0 4/0"])],
    ["a kit from parts at different locations if asked", 4, inputOf(["1 × 4/0 0/0", "1 × 0/0 4/0"], assembled)],
    ["no kit with a part that no location has", 0, inputOf(["1 × 4/0", "1 × ."])],
    ["no assembled kit with a part that no location has", 0, inputOf(["1 × 4/0", "1 × ."], assembled)],
    ["a deficit also where another part is missing", 2, inputOf(["1 × 5/0 0/3", "1 × 5/0 ."])],
    ["parts assembled, with a deficit taken off their sum", 3, inputOf(["2 × 9/0 0/2", "1 × 9/0 ."], assembled)],
    ["parts of a unit that add up when assembled", 1, inputOf(["0.5/0 0.5/0"], assembled)],
  ])("shows for a kit %s: %d", (_, quantity, input) => {
    expect(answerOf(input)).toBe(quantity)
  })

  it("tells by how many units it is oversold", () => {
    const input = inputOf(["2/5 1/0"], { allowBackorder: true, rule: { backorderQuantity: 4 } })
    expect(outcomeOf(input)).toEqual({ kind: "show", quantity: 4, oversoldBy: 2 })
  })

  it("tells that nothing is oversold when all is sold", () => {
    expect(outcomeOf(inputOf(["5/5"]))).toEqual({ kind: "show", quantity: 0, oversoldBy: 0 })
  })

  const unmanaged = (rule: Partial<QuantityRule>): QuantityInput =>
    inputOf(["5/0"], { managed: false, allowBackorder: true, packSize: 9, rule })

  it.each<[string, number | string, QuantityInput]>([
    ["leaves unmanaged variants alone", "unmanaged", unmanaged({})],
    ["shows the set quantity of unmanaged variants", 99, unmanaged({ unmanagedQuantity: 99 })],
    ["shows an unmanaged variant as sold out if set so", 0, unmanaged({ unmanagedQuantity: 0 })],
    ["caps unmanaged variants", 20, unmanaged({ unmanagedQuantity: 99, cap: 20 })],
    [
      "buffers no unmanaged variant",
      2,
      unmanaged({ unmanagedQuantity: 2, buffer: 1, minimum: 5, backorderQuantity: 7 }),
    ],
    ["leaves variants without items alone", "no-components", inputOf([])],
    ["leaves variants without locations alone", "no-locations", inputOf(["."])],
    ["leaves kits without locations alone", "no-locations", inputOf(["1 × .", "2 × ."])],
    [
      "leaves the unknown alone in spite of backorders",
      "no-locations",
      inputOf(["."], { allowBackorder: true, rule: { backorderQuantity: 3 } }),
    ],
  ])("%s: %s", (_, answer, input) => {
    expect(answerOf(input)).toBe(answer)
  })

  it.each([
    ["the largest amount exactly", MAX, `${MAX}/0`],
    ["a sum beyond 2^53 as 2^53 − 1", MAX, `${MAX}/0 ${MAX}/0`],
    ["a sum that only comes back into range at the end", 5, `${MAX}/0 -${MAX}/${MAX} ${MAX}/0 5/0`],
  ])("shows %s", (_, quantity, levels) => {
    expect(answerOf(inputOf([levels]))).toBe(quantity)
  })
})

describe("computeQuantity, invalid input", () => {
  const rule = (changed: object): QuantityInput => inputOf(["1/0"], { rule: { ...changed } })
  const component = at(inputOf(["1/0 1/0"]).components, 0)
  const broken = (changed: object): QuantityInput => ({ ...inputOf([]), components: [{ ...component, ...changed }] })
  const level = at(component.levels, 0)
  const brokenLevel = (changed: object): QuantityInput => broken({ levels: [{ ...level, ...changed }] })
  const tooMuch = 9007199254740991000001n

  it.each<[string, QuantityInput]>([
    ["packSize must be a whole number from 1, not 0", inputOf([], { packSize: 0 })],
    ["packSize must be a whole number from 1, not 1.5", inputOf([], { packSize: 1.5 })],
    ["packSize must be a whole number from 1, not NaN", inputOf([], { packSize: NaN })],
    ["rule.version must be a whole number from 0, not -1", rule({ version: -1 })],
    ["rule.buffer must be a whole number from 0, not -1", rule({ buffer: -1 })],
    ["rule.buffer must be a whole number from 0, not Infinity", rule({ buffer: Infinity })],
    ["rule.minimum must be a whole number from 0, not 0.5", rule({ minimum: 0.5 })],
    ["rule.cap must be null or a whole number from 0, not -5", rule({ cap: -5 })],
    ["rule.backorderQuantity must be null or a whole number from 0, not NaN", rule({ backorderQuantity: NaN })],
    ["rule.unmanagedQuantity must be null or a whole number from 0, not u", rule({ unmanagedQuantity: undefined })],
    ["rule.sharePercent must be null or a whole number from 0 to 100, not 101", rule({ sharePercent: 101 })],
    ["rule.sharePercent must be null or a whole number from 0 to 100, not -1", rule({ sharePercent: -1 })],
    ["rule.sharePercent must be null or a whole number from 0 to 100, not 0.5", rule({ sharePercent: 0.5 })],
    ["ceiling must be null or a whole number from 0, not -1", inputOf(["1/0"], { ceiling: -1 })],
    ["held must be null or two whole numbers from 0, not -1 and 0", inputOf(["1/0"], { held: { base: -1, sold: 0 } })],
    [
      "held must be null or two whole numbers from 0, not 1 and 0.5",
      inputOf(["1/0"], { held: { base: 1, sold: 0.5 } }),
    ],
    [`components[${ITEM_IDS[0]}].required must be an amount above 0, not 0`, broken({ required: 0n })],
    [`components[${ITEM_IDS[0]}].required must be an amount above 0, not -1`, broken({ required: -1n })],
    [`components[${ITEM_IDS[0]}].required must be an amount above 0, not 3`, broken({ required: 3 })],
    [`.levels[${LOCATION_IDS[0]}].stocked must be an amount, not 5`, brokenLevel({ stocked: 5 })],
    [`.levels[${LOCATION_IDS[0]}].stocked must be an amount, not ${tooMuch}`, brokenLevel({ stocked: tooMuch })],
    [`.levels[${LOCATION_IDS[0]}].reserved must be an amount, not undefined`, brokenLevel({ reserved: undefined })],
    [`.levels has ${LOCATION_IDS[0]} twice`, broken({ levels: [...component.levels, level] })],
    [`components has ${ITEM_IDS[0]} twice`, { ...inputOf([]), components: [component, component] }],
  ])("is refused: %s", (problem, input) => {
    expect(computeQuantity(input)).toEqual({
      ok: false,
      error: { kind: "invalid-data", message: expect.stringMatching(/^Quantity input: .*\.$/) },
    })
    expect(computeQuantity(input)).toHaveProperty("error.message", expect.stringContaining(problem))
  })
})
