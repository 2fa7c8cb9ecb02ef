import { Modules } from "@medusajs/framework/utils"
import { FIXTURES, type OrderFixture } from "../../src/engine/ingest/__tests__/order-fixtures"
import type { ExternalOrder, ExternalOrderLine, ExternalShippingLine } from "../../src/types/channel-order"
import type { HubWorld } from "./hub-world"

const SKUS = ["MUG", "TEA", "SET"]

export type Body = Record<string, unknown>

const lineMoney = (line: Pick<ExternalOrderLine | ExternalShippingLine, "discounts" | "taxes" | "total">): Body => ({
  ...(line.discounts ? { discounts: line.discounts } : {}),
  ...(line.taxes ? { taxes: line.taxes } : {}),
  ...(line.total === undefined ? {} : { total: line.total }),
})

/** A fixture as the simulator's shopper would order it; every line sells one of our listings or is a service. */
export const bodyOf = (order: ExternalOrder): Body => ({
  number: order.number,
  email: "Buyer@Example.com",
  currency: order.currencyCode,
  tax_inclusive: order.taxInclusive ?? false,
  url: "https://channel.test/orders/1",
  shipping_address: {
    first_name: "Ada",
    last_name: "Lovelace",
    address_1: "1 Main St",
    city: "Bern",
    country_code: "CH",
  },
  lines: order.lines.map((line, index) => ({
    ...(index < SKUS.length ? { sku: SKUS[index] } : { service: true, title: line.title }),
    quantity: line.quantity,
    unit_price: line.unitPrice,
    ...lineMoney(line),
  })),
  shipping_lines: (order.shippingLines ?? []).map((line) => ({
    id: line.externalLineId,
    title: line.title,
    price: line.price,
    ...lineMoney(line),
  })),
  ...(order.discounts ? { discounts: order.discounts } : {}),
  ...(order.totals ? { totals: order.totals } : {}),
  ...(order.presentment
    ? { presentment: { currency: order.presentment.currencyCode, total: order.presentment.total } }
    : {}),
})

export const fixture = (name: string): OrderFixture => {
  const found = FIXTURES.find((one) => one.name === name)
  if (!found) {
    throw new Error(`There is no fixture "${name}".`)
  }
  return found
}

/** Chances that are the same every time. */
export const lcg = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** An order that grows, loses half of a line, and has a unit refunded without restock: five versions. */
export const storyOf = (id: string) => {
  const version = (sequence: number, lines: readonly [string, number, number][], refunds: readonly Body[] = []) => ({
    id,
    number: `N-${id}`,
    sequence,
    placed_at: new Date().toISOString(),
    currency: "eur",
    email: null,
    refunds,
    lines: lines.map(([sku, quantity, cancelled], index) => ({
      id: `${id}-${index + 1}`,
      listing_id: `L-${sku}`,
      location_id: "*",
      sku,
      title: sku,
      quantity,
      cancelled_quantity: cancelled,
      unit_price: sku === "MUG" ? "10.00" : "5.00",
    })),
  })
  const refund = {
    id: "R1",
    created_at: "2026-11-05T10:00:00.000Z",
    lines: [{ line_id: `${id}-1`, quantity: 2, restock: true, after_shipping: false, location_id: null }],
  }
  return [
    version(1, [["MUG", 2, 0]]),
    version(2, [["MUG", 4, 0]]),
    version(3, [
      ["MUG", 4, 0],
      ["TEA", 1, 0],
    ]),
    version(
      4,
      [
        ["MUG", 4, 2],
        ["TEA", 1, 0],
      ],
      [refund]
    ),
    version(
      5,
      [
        ["MUG", 4, 2],
        ["TEA", 1, 0],
      ],
      [refund]
    ),
  ]
}

/** A way of sending from the first location, as a merchant sets it up. */
export async function shippingOption(world: HubWorld): Promise<string> {
  const fulfilment = world.container.resolve(Modules.FULFILLMENT)
  const [profile] = await fulfilment.listShippingProfiles({}, { take: 1 })
  const set = await fulfilment.createFulfillmentSets({
    name: "Parcels",
    type: "shipping",
    service_zones: [{ name: "Everywhere", geo_zones: [{ type: "country", country_code: "ch" }] }],
  })
  const option = await fulfilment.createShippingOptions({
    name: "Parcel",
    price_type: "flat",
    service_zone_id: set.service_zones[0]?.id ?? "",
    shipping_profile_id: profile?.id ?? "",
    provider_id: "manual_manual",
    type: { label: "Parcel", description: "Parcel", code: "parcel" },
    data: {},
  })
  return option.id
}

export const byNumber = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
