import { startSimulator, type RunningSimulator } from "../../../src/connectors/simulator/server/start-simulator"
import type { ListingInput } from "../../../src/connectors/simulator/server/settings"
import type { AdminPage } from "./admin-page"

const PRODUCTS = 500
const BATCH = 100
export const TOKEN = "journey-token"

/** How many listings of the channel are recognised by what. */
export const KINDS = { sku: 350, barcode: 100, likeness: 40, nothing: 10 } as const

const number = (index: number): string => String(index).padStart(3, "0")
const sku = (index: number): string => `JOURNEY-${number(index)}`
const barcode = (index: number): string => `40${String(10_000_000_000 + index * 7)}`

/** A listing as a seller would have it who kept the lists of two systems by hand. */
function listing(index: number): ListingInput {
  const base = { id: `J-${number(index)}`, title: `Journey item ${number(index)}`, quantity: 3 }
  if (index < KINDS.sku) return { ...base, sku: sku(index) }
  if (index < KINDS.sku + KINDS.barcode) return { ...base, sku: `OLD-${number(index)}`, barcode: barcode(index) }
  if (index < PRODUCTS - KINDS.nothing) return { ...base, sku: `journey ${number(index)}` }
  return { ...base, sku: `UNHEARD-${number(index)}`, title: `Something else ${number(index)}` }
}

interface Level {
  readonly inventory_item_id: string
  readonly location_id: string
  readonly stocked_quantity: number
}

/** A fake channel that sells the products under names that fit more or less. */
export const openJourneyChannel = (): Promise<RunningSimulator> =>
  startSimulator({
    name: "Journey",
    token: TOKEN,
    max_batch: 100,
    listings: Array.from({ length: PRODUCTS }, (_, index) => listing(index)),
  })

/** 500 products, 12 of each in stock. */
export async function createProducts(admin: AdminPage): Promise<void> {
  const known = await admin.api<{ count: number }>("GET", "/admin/inventory-items?q=JOURNEY-&limit=1&fields=id")
  if (known.count >= PRODUCTS) {
    return
  }
  const { sales_channels: channels } = await admin.api<{ sales_channels: { id: string }[] }>(
    "GET",
    "/admin/sales-channels?limit=1"
  )
  const { stock_locations: locations } = await admin.api<{ stock_locations: { id: string }[] }>(
    "GET",
    "/admin/stock-locations?limit=1"
  )
  const { shipping_profiles: profiles } = await admin.api<{ shipping_profiles: { id: string }[] }>(
    "GET",
    "/admin/shipping-profiles?limit=1"
  )
  for (let first = 0; first < PRODUCTS; first += BATCH) {
    const create = Array.from({ length: BATCH }, (_, offset) => first + offset).map((index) => ({
      title: `Journey item ${number(index)}`,
      status: "published",
      sales_channels: channels.map(({ id }) => ({ id })),
      ...(profiles[0] ? { shipping_profile_id: profiles[0].id } : {}),
      options: [{ title: "Kind", values: ["One"] }],
      variants: [
        {
          title: "One",
          sku: sku(index),
          barcode: barcode(index),
          manage_inventory: true,
          options: { Kind: "One" },
          prices: [{ amount: 10, currency_code: "eur" }],
        },
      ],
    }))
    await admin.api("POST", "/admin/products/batch", { create })
  }
  const { inventory_items: items } = await admin.api<{ inventory_items: { id: string }[] }>(
    "GET",
    `/admin/inventory-items?q=JOURNEY-&limit=${PRODUCTS}&fields=id`
  )
  const create: Level[] = items.map(({ id }) => ({
    inventory_item_id: id,
    location_id: locations[0]?.id ?? "",
    stocked_quantity: 12,
  }))
  await admin.api("POST", "/admin/inventory-items/location-levels/batch", { create })
}
