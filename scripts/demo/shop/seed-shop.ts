import { readFileSync } from "node:fs"
import type { ExecArgs, IAuthModuleService, Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createStoresWorkflow,
  createUserAccountWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import { WAREHOUSES, type CatalogueProduct } from "./catalogue"

/** What `medusa exec` is told, through a file: the command line is no place for a catalogue. */
export interface SeedRequest {
  readonly email: string
  readonly password: string
  readonly channels: readonly string[]
  readonly products: readonly CatalogueProduct[]
}

const BATCH = 50

const chunk = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

export async function createAdmin(container: MedusaContainer, request: SeedRequest): Promise<void> {
  const auth = container.resolve<IAuthModuleService>(Modules.AUTH)
  const { authIdentity } = await auth.register("emailpass", {
    body: { email: request.email, password: request.password },
  })
  await createUserAccountWorkflow(container).run({
    input: { authIdentityId: authIdentity?.id ?? "", userData: { email: request.email, first_name: "Demo" } },
  })
}

export async function createShop(
  container: MedusaContainer,
  request: SeedRequest
): Promise<{ locationIds: string[]; shippingProfileId: string; salesChannelIds: string[] }> {
  const { result: salesChannels } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: ["Web shop", ...request.channels].map((name) => ({ name })) },
  })
  const { result: locations } = await createStockLocationsWorkflow(container).run({
    input: { locations: WAREHOUSES.map((name) => ({ name })) },
  })
  for (const location of locations) {
    await linkSalesChannelsToStockLocationWorkflow(container).run({
      input: { id: location.id, add: salesChannels.map((channel) => channel.id) },
    })
  }
  await createRegionsWorkflow(container).run({
    input: {
      regions: [
        {
          name: "Europe",
          currency_code: "eur",
          countries: ["de", "fr", "nl"],
          payment_providers: ["pp_system_default"],
        },
      ],
    },
  })
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: stores } = await query.graph({ entity: "store", fields: ["id"] })
  const store = { name: "Stock Hub demo", supported_currencies: [{ currency_code: "eur", is_default: true }] }
  const [existing] = stores as { id: string }[]
  if (existing) {
    await updateStoresWorkflow(container).run({ input: { selector: { id: existing.id }, update: store } })
  } else {
    await createStoresWorkflow(container).run({ input: { stores: [store] } })
  }
  const { result: profiles } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Standard", type: "default" }] },
  })
  return {
    locationIds: locations.map((location) => location.id),
    salesChannelIds: salesChannels.map((channel) => channel.id),
    shippingProfileId: profiles[0]?.id ?? "",
  }
}

export interface ShopIds {
  readonly locationIds: readonly string[]
  readonly salesChannelIds: readonly string[]
  readonly shippingProfileId: string
}

export async function createBatch(
  container: MedusaContainer,
  products: readonly CatalogueProduct[],
  shop: ShopIds,
  itemIds: Map<string, string>,
  offset: number
): Promise<void> {
  await createProductsWorkflow(container).run({
    input: {
      products: products.map((product, index) => ({
        title: product.title,
        handle: `demo-${offset + index}`,
        status: "published" as const,
        shipping_profile_id: shop.shippingProfileId,
        sales_channels: shop.salesChannelIds.map((id) => ({ id })),
        options: [{ title: "Style", values: ["One"] }],
        variants: [
          {
            title: product.title,
            sku: product.sku,
            manage_inventory: true,
            options: { Style: "One" },
            prices: [{ currency_code: "eur", amount: Number(product.price) }],
            ...(product.parts.length > 0
              ? {
                  inventory_items: product.parts.map((part) => ({
                    inventory_item_id: itemIds.get(part.sku) ?? "",
                    required_quantity: part.quantity,
                  })),
                }
              : {}),
          },
        ],
      })),
    },
  })
  const stocked = products.filter((product) => product.parts.length === 0)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: items } = await query.graph({
    entity: "inventory_item",
    fields: ["id", "sku"],
    filters: { sku: stocked.map((product) => product.sku) },
  })
  for (const item of items as { id: string; sku: string }[]) {
    itemIds.set(item.sku, item.id)
  }
  await createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: stocked.flatMap((product) =>
        shop.locationIds.map((location_id, index) => ({
          location_id,
          inventory_item_id: itemIds.get(product.sku) ?? "",
          stocked_quantity: product.stock[index] ?? 0,
        }))
      ),
    },
  })
}

/** Fills an empty Medusa with the demo shop: three warehouses, one sales channel for each channel, products, an admin. */
export default async function seedShop({ container, args }: ExecArgs): Promise<void> {
  const request = JSON.parse(readFileSync(args[0] ?? "", "utf8")) as SeedRequest
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  await createAdmin(container, request)
  const shop = await createShop(container, request)
  const itemIds = new Map<string, string>()
  const simple = request.products.filter((product) => product.parts.length === 0)
  const kits = request.products.filter((product) => product.parts.length > 0)
  let done = 0
  for (const batch of [...chunk(simple, BATCH), ...chunk(kits, BATCH)]) {
    await createBatch(container, batch, shop, itemIds, done)
    done += batch.length
    logger.info(`hub-demo-progress ${done} ${request.products.length}`)
  }
}
