import { planOrder } from "../plan-order"
import { contextOf, held, listing } from "./order-world"

describe("figures that cannot be read", () => {
  const bad = { components: [{ inventoryItemId: "item_shirt", required: "many" }] }

  it.each([
    ["a requirement", contextOf({ listings: { shirt: listing("shirt", bad) } })],
    ["a level", contextOf({ levels: [{ inventoryItemId: "item_shirt", locationId: "loc_a", available: "many" }] })],
    ["a reservation", contextOf({ reservations: [held("res_1", "many")] })],
  ])("refuse the plan for %s", (_name, context) => {
    expect(planOrder(context)).toMatchObject({ ok: false, error: { kind: "invalid-data" } })
  })
})
