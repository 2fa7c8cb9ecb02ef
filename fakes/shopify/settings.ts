import { z } from "@medusajs/framework/zod"

/** What the fake does to a call instead of answering it as it should. */
export const MISBEHAVIOURS = [
  "throttled",
  "too-many-requests",
  "server-error",
  "silence",
  "lost-answer",
  "malformed",
  "fails-key",
] as const

export type Misbehaviour = (typeof MISBEHAVIOURS)[number]

const behaviourShape = {
  latency_ms: z.number().min(0).max(60_000).default(0),
  /** Of all calls, so many meet the accident. The first that happens counts. */
  chaos: z.partialRecord(z.enum(MISBEHAVIOURS), z.number().min(0).max(1)).default({}),
  /** The search for changed orders knows of a change only after this time. */
  index_lag_ms: z.number().min(0).max(600_000).default(0),
  /** 2026-10 says nothing about items that are not stocked at a location; earlier versions name them. */
  names_unstocked: z.boolean().default(true),
  webhook_drop_rate: z.number().min(0).max(1).default(0),
  webhook_duplicate_rate: z.number().min(0).max(1).default(0),
}

export const behaviourSchema = z.object(behaviourShape)

export const behaviourPatchSchema = z
  .object(behaviourShape)
  .partial()
  .extend({ chaos: z.partialRecord(z.enum(MISBEHAVIOURS), z.number().min(0).max(1)).optional() })
  .strict()

export type Behaviour = z.infer<typeof behaviourSchema>

export const productSchema = z.object({
  sku: z.string().nullable().default(null),
  barcode: z.string().nullable().default(null),
  title: z.string().default("Thing"),
  price: z.string().default("10.00"),
  tracked: z.boolean().default(true),
  bundle: z.boolean().default(false),
  /** At every location, or null for what is not stocked anywhere yet. */
  quantity: z.number().int().nullable().default(0),
})

export const settingsSchema = z.object({
  ...behaviourShape,
  name: z.string().default("fake-shopify"),
  host: z.string().default("127.0.0.1"),
  port: z.number().int().min(0).max(65_535).default(0),
  seed: z.number().int().default(1),
  currency: z.string().default("EUR"),
  client_id: z.string().default("hub-app"),
  client_secret: z.string().default("hush_shopify_client_secret"),
  /** A lasting token of an old app. */
  token: z.string().default("shpat_fake_lasting_token"),
  token_seconds: z.number().positive().default(86_400),
  scopes: z
    .array(z.string())
    .default([
      "read_products",
      "read_inventory",
      "write_inventory",
      "read_locations",
      "read_orders",
      "read_merchant_managed_fulfillment_orders",
      "write_merchant_managed_fulfillment_orders",
    ]),
  points: z
    .object({ capacity: z.number().positive(), perSecond: z.number().positive() })
    .default({ capacity: 2_000, perSecond: 100 }),
  locations: z
    .array(z.object({ name: z.string(), legacy: z.boolean().default(false), active: z.boolean().default(true) }))
    .min(1)
    .default([{ name: "Shop location", legacy: false, active: true }]),
  products: z.array(productSchema).default([]),
})

export type FakeShopifySettings = z.infer<typeof settingsSchema>
export type FakeShopifyInput = z.input<typeof settingsSchema>
export type ProductInput = z.input<typeof productSchema>
