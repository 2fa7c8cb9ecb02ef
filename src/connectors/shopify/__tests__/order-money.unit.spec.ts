import { placeOrderSchema } from "../../../../fakes/shopify/order-book"
import { subtractDecimals } from "../map-decimal"
import { readOrders } from "../read-order"
import { fakeSession } from "./fake-session"

async function readOrder(input: object, settings: object = {}, options: object = {}) {
  const shop = fakeSession(settings, { options })
  const id = shop.fake.orders.place(placeOrderSchema.parse(input))?.order.id ?? ""
  const [order] = await readOrders(shop.session, [id])
  return { shop, order }
}

const LINE = { sku: "SKU-0", quantity: 2, price: "11.90", taxes: [{ title: "VAT", rate: 19, amount: "3.42" }] }

describe("an order of Shopify", () => {
  it("is told with prices, discounts, taxes, postage and totals as they are", async () => {
    const { order } = await readOrder({
      lines: [
        {
          ...LINE,
          discounts: [
            { amount: "2.38", code: "TEN" },
            { amount: "0.10", code: null },
          ],
        },
      ],
      shipping: [
        { title: "Parcel", price: "4.90", discounted: "2.45", taxes: [{ title: "VAT", rate: 19, amount: "0.39" }] },
      ],
    })
    expect(order).toMatchObject({
      number: "#1001",
      currencyCode: "EUR",
      taxInclusive: true,
      lines: [
        {
          quantity: 2,
          cancelledQuantity: 0,
          unitPrice: "11.90",
          discounts: [
            { amount: "2.38", code: "TEN", title: null },
            { amount: "0.10", code: null, title: "Offer" },
          ],
          taxes: [{ title: "VAT", rate: "19", amount: "3.42" }],
        },
      ],
      shippingLines: [{ title: "Parcel", price: "4.90", discounts: [{ amount: "2.45" }], taxes: [{ amount: "0.39" }] }],
      totals: { total: "23.77", tax: "3.81", currentTotal: "23.77" },
      presentment: null,
      customer: { email: "buyer@example.com", firstName: "Ada" },
      shippingAddress: { city: "Berlin", countryCode: "DE", postalCode: "10115" },
      isTest: false,
    })
    expect(order?.lines[0]?.externalListingId).toMatch(/^gid:\/\/shopify\/InventoryItem\//)
    expect(order?.url).toMatch(/^https:\/\/example\.myshopify\.com\/admin\/orders\/\d+$/)
  })

  it("adds taxes where prices are without them", async () => {
    const { order } = await readOrder({ lines: [LINE], taxes_included: false })
    expect(order).toMatchObject({ taxInclusive: false, totals: { total: "27.22", tax: "3.42" } })
  })

  it("knows currencies without cents, and orders that cost nothing", async () => {
    const lines = [{ sku: "SKU-0", quantity: 3, price: "1200" }]
    const yen = await readOrder({ lines }, { currency: "JPY" })
    expect(yen.order).toMatchObject({ currencyCode: "JPY", totals: { total: "3600.0" } })
    const free = await readOrder({ lines: [{ sku: "SKU-0", quantity: 1, price: "0.00" }] })
    expect(free.order?.totals?.total).toBe("0.00")
  })

  it("is taken over in the shop's currency, or in the buyer's", async () => {
    const input = { lines: [LINE], presentment: { currency: "USD", rate: 1.1 } }
    const shops = await readOrder(input)
    expect(shops.order).toMatchObject({
      currencyCode: "EUR",
      lines: [{ unitPrice: "11.90" }],
      presentment: { currencyCode: "USD", total: "26.18" },
    })
    const buyers = await readOrder(input, {}, { buyer_currency: true })
    expect(buyers.order).toMatchObject({
      currencyCode: "USD",
      lines: [{ unitPrice: "13.09" }],
      totals: { total: "26.18" },
    })
  })

  it("tells which units of a refund can be sold again", async () => {
    const { shop, order } = await readOrder({ lines: [{ sku: "SKU-0", quantity: 4 }] })
    const line = order?.lines[0]?.externalLineId ?? ""
    const id = order?.externalId ?? ""
    for (const restock_type of ["CANCEL", "RETURN", "NO_RESTOCK"] as const) {
      shop.fake.orders.refund(id, { lines: [{ line_id: line, quantity: 1 }], restock_type })
    }
    const [after] = await readOrders(shop.session, [id])
    expect(after?.lines[0]).toMatchObject({ quantity: 4, cancelledQuantity: 3 })
    expect(after?.refunds?.flatMap((refund) => refund.lines)).toMatchObject([
      { quantity: 1, restock: true },
      { quantity: 1, restock: true, afterShipping: true },
      { quantity: 1, restock: false },
    ])
    expect(after?.refunds?.[0]).toMatchObject({ amount: "10.00" })
    expect(after?.totals).toMatchObject({ total: "40.00", currentTotal: "10.00" })
  })

  it("is cancelled with everything in it", async () => {
    const { shop, order } = await readOrder({ lines: [{ sku: "SKU-0", quantity: 2 }] })
    shop.fake.orders.cancel(order?.externalId ?? "")
    const [after] = await readOrders(shop.session, [order?.externalId ?? ""])
    expect(after).toMatchObject({ cancelReason: "customer", lines: [{ quantity: 2, cancelledQuantity: 2 }] })
    expect(after?.cancelledAt).toEqual(expect.any(String))
    expect(after?.version).toBeGreaterThan(order?.version ?? Infinity)
  })

  it("sells nothing of ours in lines that nobody keeps stock of", async () => {
    const products = [
      { sku: "goods", quantity: 5 },
      { sku: "service", tracked: false },
    ]
    const lines = [
      { sku: "goods", quantity: 1 },
      { sku: "service", quantity: 1 },
      { sku: null, quantity: 1, title: "Gift wrap" },
    ]
    const { order } = await readOrder({ lines }, { products })
    expect(order?.lines.map(({ externalListingId }) => externalListingId !== null)).toEqual([true, false, false])
  })

  it("is marked when it is a test", async () => {
    const { order } = await readOrder({ lines: [LINE], test: true })
    expect(order?.isTest).toBe(true)
  })
})

it.each([
  ["4.90", "2.45", "2.45"],
  ["4.9", "4.90", "0.00"],
  ["1200", "0.5", "1199.5"],
  ["0.1", "0.3", "-0.2"],
  ["10", "3", "7"],
])("takes %s minus %s to the last digit", (a, b, difference) => {
  expect(subtractDecimals(a, b)).toBe(difference)
})
