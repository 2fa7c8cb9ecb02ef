import { DEFAULT_QUANTITY_RULE, formatAmount } from "../../../lib/quantity"
import type { LoadedAvailability } from "../../queries/load-availability"
import { computeRow, toQuantityInput } from "../compute-row"

const component = (stocked: string, reserved = "0", required = "1") => ({
  inventoryItemId: "item_1",
  required,
  levels: [{ locationId: "loc_a", stocked, reserved }],
})

const loaded = (over: Partial<LoadedAvailability> = {}): LoadedAvailability => ({
  stateId: "hls_1",
  isLinked: true,
  isManaged: true,
  allowBackorder: false,
  packSize: 1,
  locationIds: ["loc_a"],
  components: [component("10", "3")],
  rule: {},
  ...over,
})

const shown = (over: Partial<LoadedAvailability>): unknown => computeRow(loaded(over)).computed

describe("computeRow", () => {
  it("shows what is there less what is reserved, and says from what", () => {
    const { computed, explanation } = computeRow(loaded())
    expect(computed).toEqual({ kind: "show", quantity: 7 })
    expect(explanation).not.toBeNull()
    expect(computeRow(loaded({ components: [component("11", "3")] })).explanation).not.toEqual(explanation)
  })

  it("leaves an unlinked listing alone, even if its figures are wrong", () => {
    expect(computeRow(loaded({ isLinked: false, components: [component("many")] }))).toEqual({
      computed: { kind: "leave", reason: "unlinked" },
      explanation: null,
    })
  })

  it("leaves the number alone when nobody knows it, and says why", () => {
    expect(shown({ isManaged: false })).toEqual({ kind: "leave", reason: "unmanaged" })
    expect(shown({ components: [] })).toEqual({ kind: "leave", reason: "no-components" })
    expect(shown({ locationIds: [], components: [{ ...component("1"), levels: [] }] })).toEqual({
      kind: "leave",
      reason: "no-locations",
    })
  })

  it("counts an item without a level at a feeding location as none there", () => {
    expect(shown({ components: [{ ...component("1"), levels: [] }] })).toEqual({ kind: "show", quantity: 0 })
    expect(
      shown({ components: [component("9"), { ...component("1"), inventoryItemId: "item_2", levels: [] }] })
    ).toEqual({ kind: "show", quantity: 0 })
  })

  it("puts the listing's rule over the default one", () => {
    expect(shown({ rule: { buffer: 2 } })).toEqual({ kind: "show", quantity: 5 })
    const input = toQuantityInput(loaded({ rule: { cap: 4 } }))
    expect(input).toMatchObject({ ok: true, value: { rule: { ...DEFAULT_QUANTITY_RULE, cap: 4 } } })
  })

  it("rounds stock down and what is spoken for up, so that a promise is never too high", () => {
    const input = toQuantityInput(loaded({ components: [component("1.0000009", "0.0000001", "0.3333333")] }))
    const part = input.ok ? input.value.components[0] : undefined
    expect(part?.levels.map((level) => [formatAmount(level.stocked), formatAmount(level.reserved)])).toEqual([
      ["1", "0.000001"],
    ])
    expect(part && formatAmount(part.required)).toBe("0.333334")
    expect(shown({ components: [component("1.0000009", "0.0000001")] })).toEqual({ kind: "show", quantity: 0 })
  })

  it.each([
    ["a stock", component("many")],
    ["a reservation", component("1", "few")],
    ["a requirement", component("1", "0", "some")],
    ["no requirement", component("1", "0", "0")],
  ])("refuses %s that is no amount", (_name, part) => {
    expect(computeRow(loaded({ components: [part] }))).toMatchObject({
      computed: { kind: "invalid", failure: { kind: "invalid-data" } },
      explanation: null,
    })
  })

  it("refuses more than a column can hold, and tells what to do", () => {
    expect(shown({ components: [component("2147483647")] })).toEqual({ kind: "show", quantity: 2_147_483_647 })
    expect(shown({ components: [component("2147483648")] })).toMatchObject({
      kind: "invalid",
      failure: { kind: "invalid-data", message: expect.stringMatching(/2147483648 is more than.*set a cap/) },
    })
    expect(shown({ components: [component("2147483648")], rule: { cap: 9 } })).toEqual({ kind: "show", quantity: 9 })
  })
})
