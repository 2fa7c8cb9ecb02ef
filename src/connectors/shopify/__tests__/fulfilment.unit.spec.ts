import { placeOrderSchema } from "../../../../fakes/shopify/order-book"
import type { FulfilmentPush } from "../../../types/channel-order"
import type { ExternalLocationId } from "../../../types/ids"
import { pushFulfilment } from "../push-fulfilment"
import { readOrders } from "../read-order"
import { fakeSession } from "./fake-session"

function shopWithOrder(quantity = 3) {
  const shop = fakeSession()
  const order = shop.fake.orders.place(placeOrderSchema.parse({ lines: [{ sku: "SKU-0", quantity }] }))?.order
  const parcel = (units: number, number: string | null, more: Partial<FulfilmentPush> = {}): FulfilmentPush => ({
    idempotencyKey: `parcel-${number}`,
    externalOrderId: order?.id ?? "",
    externalLocationId: shop.fake.state.places[0]?.id as ExternalLocationId,
    lines: [{ externalLineId: order?.lines[0]?.id ?? "", quantity: units }],
    tracking: number === null ? [] : [{ number, url: `https://track.example/${number}`, carrier: "DHL" }],
    notifyBuyer: true,
    ...more,
  })
  return { ...shop, orderId: order?.id ?? "", parcel }
}

describe("telling Shopify of parcels", () => {
  it("tells three parcels of one order, each with its own number", async () => {
    const { session, orderId, parcel } = shopWithOrder()
    for (const number of ["A1", "B2", "C3"]) {
      expect(await pushFulfilment(session, parcel(1, number))).toMatchObject({ status: "confirmed" })
    }
    const [order] = await readOrders(session, [orderId])
    expect(order?.fulfilments).toMatchObject([
      { tracking: [{ number: "A1", carrier: "DHL", url: "https://track.example/A1" }], lines: [{ quantity: 1 }] },
      { tracking: [{ number: "B2" }] },
      { tracking: [{ number: "C3" }] },
    ])
  })

  it("does not make a second parcel of one whose answer was lost", async () => {
    const { fake, session, orderId, parcel } = shopWithOrder()
    const cut = { ...session, http: { request: session.http.request } }
    cut.http.request = async (request) => {
      fake.change({ chaos: request.operation === "push-fulfilment" ? { "lost-answer": 1 } : {} })
      return session.http.request(request)
    }
    expect(await pushFulfilment(cut, parcel(2, "A1"))).toMatchObject({ status: "unknown" })
    fake.change({ chaos: {} })
    expect(await pushFulfilment(session, parcel(2, "A1"))).toMatchObject({ status: "confirmed" })
    expect(fake.orders.get(orderId)?.parcels).toHaveLength(1)
  })

  it("says why when Shopify does not wait for so many", async () => {
    const { session, parcel } = shopWithOrder(1)
    expect(await pushFulfilment(session, parcel(2, "A1"))).toMatchObject({
      status: "failed",
      failure: { kind: "invalid-data", vendorCode: "NOT_WAITING" },
    })
  })

  it("takes a parcel from the place where Shopify waits for it, when it is another than ours", async () => {
    const { session, parcel } = shopWithOrder()
    const elsewhere = "gid://shopify/Location/1" as ExternalLocationId
    expect(await pushFulfilment(session, parcel(1, "A1", { externalLocationId: elsewhere }))).toMatchObject({
      status: "confirmed",
    })
  })

  it("knows a parcel without a number, and an order that does not exist", async () => {
    const { session, parcel } = shopWithOrder()
    expect(await pushFulfilment(session, parcel(1, null))).toMatchObject({ status: "confirmed" })
    const nobody = parcel(1, "A1", { externalOrderId: "gid://shopify/Order/1" })
    expect(await pushFulfilment(session, nobody)).toMatchObject({ status: "failed", failure: { kind: "not-found" } })
  })
})
