import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { CatalogueProduct } from "../../../scripts/demo/shop/catalogue"
import type { MedusaEnvironment } from "../../../scripts/demo/shop/medusa-process"
import { prepareShop, sourceStamp, Stamps } from "../../../scripts/demo/shop/prepare-shop"
import type { FaultServer } from "./fault-server"

/** Made once by Medusa's own migrations and filled by its own workflows; every row works on a copy. */
export const TEMPLATE = "hub_faults_template"

export const KEYS = `faults:${Buffer.alloc(32, 11).toString("base64")}`
export const LOGIN = { email: "faults@stock-hub.test", password: "stock-hub-faults" }
export const SALES_CHANNEL = "Channel"

/** 40 simple products `P00` … `P39` with 20 to 59 units in the first warehouse, and one kit. */
export const PRODUCTS: readonly CatalogueProduct[] = [
  ...Array.from({ length: 40 }, (_, index): CatalogueProduct => {
    const sku = `P${String(index).padStart(2, "0")}`
    return { sku, title: `Product ${index}`, price: "9.00", stock: [20 + index, 0, 0], parts: [] }
  }),
  {
    sku: "KIT",
    title: "Two of the first and one of the second",
    price: "20.00",
    stock: [],
    parts: [
      { sku: "P00", quantity: 2 },
      { sku: "P01", quantity: 1 },
    ],
  },
]

export const SKUS: readonly string[] = PRODUCTS.filter(({ parts }) => parts.length === 0).map(({ sku }) => sku)

/** What a Medusa process of the tests is told. */
export function shopEnvironment(
  input: { readonly repoFolder: string; readonly folder: string; readonly databaseUrl: string },
  variables: Readonly<Record<string, string>> = {}
): MedusaEnvironment {
  return {
    repoFolder: input.repoFolder,
    logFolder: join(input.folder, "logs"),
    variables: {
      DATABASE_URL: input.databaseUrl,
      HUB_ENCRYPTION_KEYS: KEYS,
      // The fake channels run on this machine.
      HUB_ALLOW_PRIVATE_ADDRESSES: "127.0.0.0/8,::1",
      HUB_DEMO_ADMIN: "off",
      JWT_SECRET: "faults",
      COOKIE_SECRET: "faults",
      NODE_ENV: "production",
      ...variables,
    },
  }
}

/** Makes the template unless it is there already for these sources. Takes half a minute the first time. */
export async function prepareTemplate(server: FaultServer, repoFolder: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const stamps = new Stamps(join(folder, "stamps"))
  // While a migration is being written it changes, so a template of other sources is thrown away and not migrated.
  const sources = sourceStamp(repoFolder, ["src/modules", "scripts/demo/shop"])
  if (!stamps.has("sources", sources)) {
    stamps.clear()
    stamps.set("sources", sources)
  }
  await prepareShop({
    environment: shopEnvironment({ repoFolder, folder, databaseUrl: server.url(TEMPLATE) }),
    postgres: server.postgres,
    database: TEMPLATE,
    stamps,
    seed: { ...LOGIN, channels: [SALES_CHANNEL], products: PRODUCTS },
    progress: () => undefined,
  })
}
