import type { ExternalLocationId } from "../../../types/ids"
import { digestOf, listingOf, lineItemId, openUnits } from "../order-lines"
import { carryOut, contextOf, held, itemOf, line, listing, order, planOf } from "./order-world"

const reserved = (context: Parameters<typeof planOf>[0]): [string, string, number][] =>
  planOf(context).reserve.map((one) => [one.inventory_item_id, one.location_id, one.quantity])

describe("lines of an order", () => {
  it("keep their id for ever, and no two lines share one", () => {
    expect(lineItemId("order_1", "L1")).toBe(lineItemId("order_1", "L1"))
    expect(lineItemId("order_1", "L1")).toMatch(/^ordli_hub[0-9a-f]{24}$/)
    const others = [lineItemId("order_1", "L2"), lineItemId("order_2", "L1"), lineItemId("order_1L", "1")]
    expect(new Set([lineItemId("order_1", "L1"), ...others]).size).toBe(4)
  })

  it("want what was not cancelled and sell what was imported", () => {
    expect(openUnits(line({ quantity: 5, cancelledQuantity: 2 }))).toBe(3)
    expect(listingOf(contextOf(), line())?.listingId).toBe("hlst_shirt")
    expect(listingOf(contextOf(), line({ sells: "hat" }))).toBeNull()
    expect(listingOf(contextOf(), line({ sells: null }))).toBeNull()
  })
})

describe("the first version of an order", () => {
  it("creates the order and reserves its stock", () => {
    expect(planOf(contextOf())).toMatchObject({
      isStale: false,
      createLines: [
        {
          id: itemOf("L1"),
          title: "The shirt",
          quantity: 2,
          unit_price: "12.5",
          is_tax_inclusive: false,
          adjustments: [],
          tax_lines: [],
          variant_id: "variant_shirt",
          variant_sku: "SKU-shirt",
          variant_title: "shirt / blue",
          product_id: "prod_shirt",
          product_title: "The shirt",
          requires_shipping: true,
          metadata: {
            hub_external_line_id: "L1",
            hub_external_location_id: "*",
            hub_channel_units: 2,
            hub_pack_size: 1,
          },
        },
      ],
      edit: null,
      cancelOrder: false,
      reserve: [
        {
          line_item_id: itemOf("L1"),
          inventory_item_id: "item_shirt",
          location_id: "loc_a",
          quantity: 2,
          allow_backorder: true,
          description: "Web shop order #1001",
          external_id: "X-1",
          metadata: { hub_connection_id: "hconn_1" },
        },
      ],
      release: [],
      shrink: [],
      keepAside: [],
      restocks: [],
      returned: [],
      unreserved: [],
      soldListingIds: ["hlst_shirt"],
      issues: [],
    })
  })

  it("reserves every part of a kit, sorted by item", () => {
    const kit = listing("kit", {
      components: [
        { inventoryItemId: "item_z", required: "1" },
        { inventoryItemId: "item_a", required: "2.5" },
      ],
    })
    const levels = ["item_a", "item_z"].map((inventoryItemId) => ({
      inventoryItemId,
      locationId: "loc_a",
      available: "99",
    }))
    expect(reserved(contextOf({ listings: { shirt: kit }, levels }))).toEqual([
      ["item_a", "loc_a", 5],
      ["item_z", "loc_a", 2],
    ])
  })

  it("turns packs into pieces, with the price of a piece", () => {
    const plan = planOf(contextOf({ listings: { shirt: listing("shirt", { packSize: 4 }) } }))
    expect(plan.reserve).toMatchObject([{ quantity: 8 }])
    expect(plan.createLines).toMatchObject([
      { quantity: 8, unit_price: "3.125", metadata: { hub_channel_units: 2, hub_pack_size: 4 } },
    ])
  })

  const levels = (...amounts: readonly [string, string][]) =>
    amounts.map(([locationId, available]) => ({ inventoryItemId: "item_shirt", locationId, available }))
  const everywhere = { "*": ["loc_a", "loc_b", "loc_c"] }

  it("takes from the fullest location when it has enough, and the first by id among equals", () => {
    const fullest = levels(["loc_a", "3"], ["loc_b", "9"], ["loc_c", "4"])
    expect(reserved(contextOf({ levels: fullest, locationsByExternal: everywhere }))).toEqual([
      ["item_shirt", "loc_b", 2],
    ])
    const equal = levels(["loc_c", "3"], ["loc_a", "3"], ["loc_b", "3"])
    expect(reserved(contextOf({ levels: equal, locationsByExternal: everywhere }))).toEqual([
      ["item_shirt", "loc_a", 2],
    ])
  })

  it("splits over the fullest locations when none has enough", () => {
    const context = contextOf({
      order: order([line({ quantity: 8 })]),
      levels: levels(["loc_a", "2"], ["loc_b", "5"], ["loc_c", "3"]),
      locationsByExternal: everywhere,
    })
    expect(reserved(context)).toEqual([
      ["item_shirt", "loc_b", 5],
      ["item_shirt", "loc_c", 3],
    ])
  })

  it("reserves what is missing at the fullest, because the channel has sold it", () => {
    const short = { order: order([line({ quantity: 8 })]), locationsByExternal: everywhere }
    expect(reserved(contextOf({ ...short, levels: levels(["loc_a", "2"], ["loc_b", "3"], ["loc_c", "-1"]) }))).toEqual([
      ["item_shirt", "loc_b", 6],
      ["item_shirt", "loc_a", 2],
    ])
    expect(reserved(contextOf({ ...short, levels: levels(["loc_a", "-2"], ["loc_b", "0"]) }))).toEqual([
      ["item_shirt", "loc_b", 8],
    ])
  })

  it("shares what is free between lines that sell the same", () => {
    const context = contextOf({
      order: order([line({ quantity: 3 }), line({ externalLineId: "L2", quantity: 3 })]),
      levels: levels(["loc_a", "4"], ["loc_b", "3"]),
      locationsByExternal: everywhere,
    })
    expect(reserved(context)).toEqual([
      ["item_shirt", "loc_a", 3],
      ["item_shirt", "loc_b", 3],
    ])
  })

  it("prefers the locations behind the external one, but any other before none", () => {
    const context = contextOf({
      order: order([line({ externalLocationId: "north" as ExternalLocationId })]),
      locationsByExternal: { north: ["loc_a"], south: ["loc_b"] },
    })
    const both = levels(["loc_a", "1"], ["loc_b", "9"])
    expect(reserved({ ...context, levels: both })).toEqual([["item_shirt", "loc_a", 2]])
    expect(reserved({ ...context, levels: levels(["loc_b", "9"]) })).toEqual([["item_shirt", "loc_b", 2]])
    expect(reserved({ ...context, levels: [] })).toEqual([])
    expect(reserved({ ...context, levels: both, locationsByExternal: { south: ["loc_b"] } })).toEqual([
      ["item_shirt", "loc_b", 2],
    ])
  })

  it("reserves nothing for a variant without managed inventory", () => {
    const plan = planOf(contextOf({ listings: { shirt: listing("shirt", { isManaged: false }) } }))
    expect(plan).toMatchObject({ reserve: [], issues: [], createLines: [{ variant_id: "variant_shirt" }] })
  })

  it("keeps a line that is linked to nothing and says that nothing was reserved", () => {
    const unlinked = listing("shirt", {
      variantId: null,
      variantSku: null,
      variantTitle: null,
      productId: null,
      productTitle: null,
      packSize: 6,
    })
    const plan = planOf(contextOf({ listings: { shirt: unlinked } }))
    expect(plan.createLines).toEqual([
      {
        id: itemOf("L1"),
        title: "A line",
        quantity: 2,
        unit_price: "12.5",
        is_tax_inclusive: false,
        adjustments: [],
        tax_lines: [],
        requires_shipping: true,
        metadata: {
          hub_external_line_id: "L1",
          hub_external_location_id: "*",
          hub_channel_units: 2,
          hub_pack_size: 1,
        },
      },
    ])
    expect(plan).toMatchObject({ reserve: [], soldListingIds: ["hlst_shirt"] })
    expect(plan.issues).toEqual([
      {
        code: "unmapped-order-line",
        severity: "critical",
        listingId: "hlst_shirt",
        message:
          'Order #1001 of Web shop sold 2 × "EXT-1", which is linked to no variant: no stock was reserved. ' +
          "Link the listing and reserve by hand.",
        dedupeKey: "unmapped-order-line:X-1:L1",
      },
    ])
  })

  it("says so, too, when the listing was never imported", () => {
    const plan = planOf(contextOf({ listings: {}, order: order([line({ sku: null })]) }))
    expect(plan.issues).toMatchObject([{ code: "unmapped-order-line", listingId: null }])
    expect(plan.issues[0]?.message).toContain('"A line"')
    expect(plan.soldListingIds).toEqual([])
  })

  it("takes over a service line without stock, shipping or issue", () => {
    const service = line({ externalLineId: "L2", sells: null, title: "Gift wrap", quantity: 1, unitPrice: "3" })
    const plan = planOf(contextOf({ order: order([line(), service]) }))
    expect(plan.createLines?.[1]).toMatchObject({ title: "Gift wrap", unit_price: "3", requires_shipping: false })
    expect(plan).toMatchObject({ issues: [], reserve: [{ quantity: 2 }] })
  })

  it("goes on where a crash broke off", () => {
    const broken = contextOf({ orderExists: true, reservations: [held("res_1", "1")] })
    expect(planOf(broken)).toMatchObject({ createLines: null, cancelOrder: false, reserve: [{ quantity: 1 }] })
  })

  it("names each listing once, in order", () => {
    const listings = { shirt: listing("shirt"), cap: listing("cap") }
    const lines = [line(), line({ externalLineId: "L2", sells: "cap" }), line({ externalLineId: "L3" })]
    expect(planOf(contextOf({ order: order(lines), listings })).soldListingIds).toEqual(["hlst_cap", "hlst_shirt"])
  })
})

describe("a version of an order that is not the first", () => {
  const later = (over: Parameters<typeof contextOf>[0] = {}) =>
    contextOf({ knownVersion: 1, orderExists: true, reservations: [held("res_1", "2")], ...over })
  const cancelled = (units: number, version = 2) => order([line({ cancelledQuantity: units })], version)

  it.each([
    ["units", { [itemOf("L1")]: 1 }, [held("res_1", "1")], 1],
    ["a line", {}, [], 2],
  ])("reserves %s that the buyer added on the channel", (_, existingQuantities, reservations, quantity) => {
    const plan = planOf(later({ order: order([line()], 2), existingQuantities, reservations }))
    expect(plan).toMatchObject({ reserve: [{ quantity }], edit: { lines: [{ quantity: 2 }] }, issues: [] })
    // The order in Medusa is changed after the stock is reserved: a crash in between reserves nothing twice.
    expect(planOf(later({ order: order([line()], 2), existingQuantities }))).toMatchObject({ reserve: [] })
  })

  it("reserves nothing again that a person gave up in Medusa, although the order grew", () => {
    const grown = { order: order([line({ quantity: 3 })], 2), existingQuantities: { [itemOf("L1")]: 2 } }
    expect(planOf(later({ ...grown, reservations: [] }))).toMatchObject({ reserve: [{ quantity: 1 }] })
  })

  it("leaves the order in Medusa alone when neither goods nor money changed", () => {
    const same = order([line()], 2)
    const plan = planOf(later({ order: same, appliedDigest: digestOf(same), existingQuantities: {}, reservations: [] }))
    expect(plan).toMatchObject({ edit: null, money: null, reserve: [] })
  })

  it("tells a person when an order that was cancelled in Medusa grows on the channel", () => {
    const plan = planOf(
      later({ order: order([line()], 2), existingQuantities: { [itemOf("L1")]: 1 }, isCanceledInMedusa: true })
    )
    expect(plan).toMatchObject({
      reserve: [],
      edit: null,
      issues: [{ code: "order-grew-on-channel", severity: "critical" }],
    })
  })

  it.each([1, 2])("changes nothing when version %i is not newer than the known one", (version) => {
    expect(planOf(later({ knownVersion: 2, order: cancelled(2, version) }))).toMatchObject({
      isStale: true,
      createLines: null,
      edit: null,
      money: null,
      keepAside: [],
      restocks: [],
      cancelOrder: false,
      reserve: [],
      release: [],
      shrink: [],
      unreserved: [],
      soldListingIds: [],
      returned: [],
      issues: [],
    })
  })

  it("leaves a tombstone and no order when everything was cancelled before we saw it", () => {
    const unseen = contextOf({ order: cancelled(2) })
    expect(planOf(unseen)).toMatchObject({ isStale: false, createLines: null, cancelOrder: false, reserve: [] })
    // The first version comes afterwards and finds the second taken over.
    expect(planOf(contextOf({ knownVersion: 2 })).isStale).toBe(true)
  })

  it("tells that units of an order came back which we never saw", () => {
    expect(planOf(contextOf({ order: cancelled(2) })).issues).toEqual([
      {
        code: "unknown-order-returned",
        severity: "info",
        listingId: "hlst_shirt",
        message:
          'Web shop took back 2 × "EXT-1" of order #1001, which the hub never saw: stock was not changed. ' +
          "If the goods are back, add them to stock.",
        dedupeKey: "unknown-order-returned:X-1:L1",
      },
    ])
  })

  it("leaves out of a new order what was cancelled before we saw it", () => {
    const lines = [
      line({ externalLineId: "a", quantity: 1 }),
      line({ externalLineId: "b", quantity: 2, cancelledQuantity: 2 }),
    ]
    expect(planOf(contextOf({ order: order(lines, 3) })).createLines).toHaveLength(1)
  })

  it("tells a person when sold stock is kept nowhere that feeds the channel", () => {
    const plan = planOf(contextOf({ order: order([line({ quantity: 2 })], 1), levels: [] }))
    expect(plan).toMatchObject({ reserve: [], issues: [{ code: "sold-without-stock", severity: "critical" }] })
  })

  it("creates an order that was cancelled in part before we saw it, with the rest reserved", () => {
    const plan = planOf(contextOf({ order: order([line({ quantity: 5, cancelledQuantity: 2 })], 3) }))
    expect(plan).toMatchObject({ createLines: [{ quantity: 3 }], reserve: [{ quantity: 3 }], issues: [] })
  })

  it("gives back what was cancelled in part, the newest reservation first", () => {
    const context = later({
      order: order([line({ quantity: 6, cancelledQuantity: 3 })], 2),
      reservations: [held("res_1", "4"), held("res_2", "2", { at: "loc_b" })],
    })
    const plan = planOf(context)
    expect(plan).toMatchObject({ release: ["res_2"], shrink: [{ id: "res_1", quantity: 3 }], cancelOrder: false })
    expect(plan).toMatchObject({ edit: { lines: [{ id: itemOf("L1"), quantity: 3 }] }, issues: [] })
  })

  it("leaves reservations of other lines and items alone", () => {
    const lines = [line({ cancelledQuantity: 2 }), line({ externalLineId: "L2" })]
    const other = held("res_2", "2", { lineId: "L2" })
    const plan = planOf(later({ order: order(lines, 2), reservations: [held("res_1", "2"), other] }))
    expect(plan).toMatchObject({ release: ["res_1"], shrink: [], cancelOrder: false })
  })

  it("cancels the order as a whole and leaves its stock to Medusa", () => {
    expect(planOf(later({ order: cancelled(2) }))).toMatchObject({
      cancelOrder: true,
      reserve: [],
      release: [],
      shrink: [],
      unreserved: [],
      issues: [],
      soldListingIds: ["hlst_shirt"],
    })
  })

  it("cannot cancel an order of which something was packed, but frees its stock and tells people", () => {
    const packed = {
      hasFulfillment: true,
      fulfilledQuantities: { [itemOf("L1")]: 1 },
      reservations: [held("res_1", "1")],
    }
    expect(planOf(later({ order: cancelled(2), ...packed }))).toMatchObject({
      cancelOrder: false,
      release: ["res_1"],
      edit: { lines: [], untouched: [itemOf("L1")] },
      issues: [{ code: "order-line-cancelled-in-part" }],
    })
  })

  it("does not reserve again what was fulfilled or released by a person", () => {
    expect(planOf(later({ order: order([line()], 2), reservations: [] }))).toMatchObject({ reserve: [], release: [] })
  })

  it("does not reserve again what was shipped after the worker died that had made the order", () => {
    expect(planOf(contextOf({ orderExists: true, hasFulfillment: true, reservations: [] }))).toMatchObject({
      reserve: [],
      createLines: null,
      cancelOrder: false,
    })
  })

  it("plans nothing more once it was carried out", () => {
    const context = later({ order: cancelled(1) })
    expect(planOf(carryOut(context, planOf(context)))).toMatchObject({ release: [], shrink: [], reserve: [] })
  })
})
