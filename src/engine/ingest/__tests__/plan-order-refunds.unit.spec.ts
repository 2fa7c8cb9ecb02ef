import { contextOf, held, itemOf, line, listing, order, planOf, refund } from "./order-world"

const later = (over: Parameters<typeof contextOf>[0] = {}) =>
  contextOf({ knownVersion: 1, orderExists: true, reservations: [held("res_1", "2")], ...over })
const cancelled = (units: number, version = 2) => order([line({ cancelledQuantity: units })], version)

describe("a refund", () => {
  it("keeps reserved what has still to be sent of an order of which something came back", () => {
    const sent = {
      hasFulfillment: true,
      fulfilledQuantities: { [itemOf("L1")]: 2 },
      reservations: [held("res_1", "1")],
    }
    const of = (afterShipping: boolean) => ({
      ...order([line({ quantity: 3, cancelledQuantity: 1 })], 2),
      refunds: [refund({ afterShipping })],
    })
    expect(planOf(later({ ...sent, order: of(true) }))).toMatchObject({ release: [], shrink: [] })
    expect(planOf(later({ ...sent, order: of(false) }))).toMatchObject({ release: ["res_1"] })
  })

  it("keeps stock of a refund without restock out of sale, once", () => {
    const refunded = {
      ...order([line({ quantity: 3, cancelledQuantity: 2 })], 2),
      refunds: [refund({ restock: false })],
    }
    const context = later({ order: refunded, reservations: [held("res_1", "3")] })
    const plan = planOf(context)
    expect(plan).toMatchObject({
      shrink: [{ id: "res_1", quantity: 1 }],
      keepAside: [{ inventory_item_id: "item_shirt", location_id: "loc_a", quantity: 1, allow_backorder: true }],
      issues: [{ code: "refunded-without-restock" }],
    })
    expect(plan.keepAside[0]).not.toHaveProperty("line_item_id")
    const keptAside = [{ refundId: "R1", lineItemId: itemOf("L1"), inventoryItemId: "item_shirt" }]
    expect(planOf({ ...context, keptAside })).toMatchObject({ keepAside: [] })
    // A person found the goods and deleted the reservation: a later version does not make it again.
    expect(planOf({ ...context, knownRefundIds: ["R1"] })).toMatchObject({ keepAside: [] })
  })

  it("keeps it out of sale, too, when the whole order is cancelled", () => {
    const refunded = { ...cancelled(2), refunds: [refund({ restock: false, quantity: 2 })] }
    expect(planOf(later({ order: refunded }))).toMatchObject({
      cancelOrder: true,
      release: [],
      keepAside: [{ quantity: 2 }],
    })
  })

  it("puts back into stock what was sent and came back, each refund once", () => {
    const returned = {
      ...order([line({ quantity: 3, cancelledQuantity: 2 })], 2),
      refunds: [refund({ afterShipping: true }), refund({ afterShipping: true, restock: false }, "R2")],
    }
    const sent = { hasFulfillment: true, fulfilledQuantities: { [itemOf("L1")]: 3 }, reservations: [] }
    const kit = listing("shirt", { packSize: 2, components: [{ inventoryItemId: "item_shirt", required: "1.5" }] })
    expect(planOf(later({ order: returned, ...sent, listings: { shirt: kit } })).restocks).toMatchObject([
      { key: `R1:${itemOf("L1")}:item_shirt`, inventory_item_id: "item_shirt", location_id: "loc_a", quantity: 3 },
    ])
    expect(planOf(later({ order: returned, ...sent, knownRefundIds: ["R1"] })).restocks).toEqual([])
    // What never left the stock does not come back to it.
    expect(planOf(later({ order: returned, ...sent, fulfilledQuantities: {} })).restocks).toEqual([])
  })
})

describe("an order that was cancelled in Medusa", () => {
  it("does not cancel twice, nor reserve for an order that was cancelled in Medusa", () => {
    expect(planOf(later({ order: cancelled(2), isCanceledInMedusa: true, reservations: [] }))).toMatchObject({
      cancelOrder: false,
      release: [],
      issues: [],
    })
    const unfinished = contextOf({ orderExists: true, isCanceledInMedusa: true })
    expect(planOf(unfinished)).toMatchObject({ reserve: [], createLines: null, cancelOrder: false })
  })
})

describe("an order that touches no stock", () => {
  it("is taken over without reservations when it is from before the connection", () => {
    const past = contextOf({ isHistoric: true, order: order([line({ quantity: 5, cancelledQuantity: 1 })]) })
    expect(planOf(past)).toMatchObject({
      createLines: [{ quantity: 4 }],
      reserve: [],
      returned: [],
      soldListingIds: [],
      issues: [],
    })
  })

  it("is not taken over when it is a test, but the channel may have lowered its number", () => {
    const test = contextOf({ order: { ...order([line()]), isTest: true } })
    expect(planOf(test)).toMatchObject({
      createLines: null,
      reserve: [],
      soldListingIds: ["hlst_shirt"],
      isStale: false,
    })
  })

  it("comes in without money when its amounts cannot be read, so that its stock is reserved", () => {
    const plan = planOf(contextOf({ order: order([line({ unitPrice: "ten" })]) }))
    expect(plan).toMatchObject({ createLines: [{ unit_price: "0", quantity: 2 }], reserve: [{ quantity: 2 }] })
    expect(plan.money?.problem).toContain('"ten" is no amount')
  })
})
