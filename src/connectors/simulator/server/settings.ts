import { z } from "@medusajs/framework/zod"

const rate = z.number().min(0).max(1).default(0)
const milliseconds = z.number().min(0).max(600_000)
const quantity = z.number().int().min(0).max(1_000_000_000)
const id = z.string().min(1).max(200)

/** What goes wrong, how often (0 never, 1 always) and how. The same seed and the same calls go wrong in the same way. */
export const chaosSchema = z.strictObject({
  seed: z.number().int().default(1),
  /** Calls answered 500 without doing anything. */
  error_rate: rate,
  /** Calls answered 429 without doing anything. */
  rate_limit_rate: rate,
  /** Calls that are carried out, and then the connection is cut instead of an answer. */
  drop_answer_rate: rate,
  /** Writes whose connection is cut at once and which are carried out `late_apply_ms` later. */
  late_apply_rate: rate,
  late_apply_ms: milliseconds.default(1_000),
  /** Writes of which only the first half of the items is carried out, and then the answer is 500. */
  partial_rate: rate,
  /** Items that are refused inside a call which otherwise succeeds. */
  reject_item_rate: rate,
  /** Calls that are carried out and answered 200 with a page of HTML. */
  malformed_rate: rate,
  webhook_drop_rate: rate,
  webhook_duplicate_rate: rate,
  /** Every webhook waits this long before its first attempt. */
  webhook_delay_ms: milliseconds.default(0),
  /** Webhooks overtake each other, even those about the same order or the same quantity. */
  webhook_shuffle: z.boolean().default(false),
})

/**
 * How an answer to the hub looks, once the call has been carried out. All but `plain` are what a broken or hostile server
 * does: one byte at a time, a body or headers without end, a small body that unpacks to a huge one, another address.
 */
export const ANSWER_FORMS = ["plain", "drip", "endless-body", "endless-headers", "gzip-bomb", "redirect"] as const

export type AnswerForm = (typeof ANSWER_FORMS)[number]

/** How the simulator behaves. Everything here can be changed while it runs. */
export const behaviourSchema = z.strictObject({
  /** Time that every hub-facing call takes: half of it before and half after the work. */
  latency_ms: milliseconds.default(0),
  /** Up to this much more, from the seeded dice. */
  jitter_ms: milliseconds.default(0),
  /** Most items in one call that writes or reads quantities. */
  max_batch: z.number().int().min(1).default(100),
  rate_limit: z
    .strictObject({ calls_per_second: z.number().positive(), burst: z.number().int().min(1) })
    .nullable()
    .default(null),
  compare_and_set: z.boolean().default(true),
  page_size: z.number().int().min(1).max(1_000).default(100),
  /** Send a webhook for every changed quantity, the hub's own writes included. */
  stock_webhooks: z.boolean().default(false),
  restock_on_cancel: z.boolean().default(false),
  webhook_max_attempts: z.number().int().min(1).max(100).default(12),
  /** Wait before the second attempt; doubled for each further one, up to 5 s. */
  webhook_retry_ms: milliseconds.default(100),
  webhook_timeout_ms: milliseconds.default(5_000),
  /** Webhooks under way at the same time. */
  webhook_concurrency: z.number().int().min(1).max(256).default(16),
  /** Off: the token has been revoked, and every call is answered 401. */
  accepts_token: z.boolean().default(true),
  /** A write with one of these listings in it is refused as a whole, and the answer does not say which it was. */
  poison_listings: z.array(id).default([]),
  answer_form: z.enum(ANSWER_FORMS).default("plain"),
  /** Where `redirect` sends the hub. */
  redirect_to: z.url().nullable().default(null),
  chaos: chaosSchema.prefault({}),
})

export const locationSchema = z.strictObject({ id, name: z.string().min(1) })

export const listingSchema = z.strictObject({
  id,
  sku: z.string().min(1).nullable(),
  barcode: z.string().min(1).nullable().default(null),
  title: z.string().optional(),
  /** Shown at every location in the beginning. `initial_stock` unless given. */
  quantity: quantity.optional(),
})

export const simulatorSettingsSchema = behaviourSchema.extend({
  /** Repeated in the ready line, to tell several simulators of one process apart. */
  name: z.string().default("simulator"),
  host: z.string().default("127.0.0.1"),
  /** 0 takes any free port. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** What the hub has to send as bearer token. */
  token: z.string().min(1).default("simulator-token"),
  /** The channel hands out tokens to whoever is allowed to. Null: there is only the one above. */
  oauth: z
    .strictObject({
      client_id: z.string().min(1),
      client_secret: z.string().min(1),
      token_seconds: z.number().int().min(1).default(3_600),
      /** A refresh token works once and brings the next one. */
      rotates: z.boolean().default(true),
    })
    .nullable()
    .default(null),
  /** Stock is kept per location; otherwise there is only the location `*`. */
  has_locations: z.boolean().default(true),
  locations: z
    .array(locationSchema)
    .min(1)
    .default([{ id: "main", name: "Main warehouse" }]),
  initial_stock: quantity.default(0),
  listings: z.array(listingSchema).default([]),
})

export type Behaviour = z.infer<typeof behaviourSchema>
export type ChaosSettings = z.infer<typeof chaosSchema>
export type ListingInput = z.input<typeof listingSchema>
/** What a caller may pass: everything has a default. */
export type SimulatorSettingsInput = z.input<typeof simulatorSettingsSchema>
export type SimulatorSettings = z.infer<typeof simulatorSettingsSchema>

/** The part of the settings that can be changed while running. */
export const behaviourOf = (settings: SimulatorSettings): Behaviour => behaviourSchema.strip().parse(settings)

/** A change of behaviour while running. What is not named stays as it is, inside `chaos` too. */
export const behaviourPatchSchema = z.strictObject({
  ...Object.fromEntries(Object.keys(behaviourSchema.shape).map((name) => [name, z.unknown().optional()])),
  chaos: z.record(z.string(), z.unknown()).optional(),
})

/** The behaviour after a change. Throws a ZodError for names or values that do not exist. */
export function patchBehaviour(current: Behaviour, patch: Readonly<Record<string, unknown>>): Behaviour {
  const { chaos, ...rest } = behaviourPatchSchema.parse(patch)
  return behaviourSchema.parse({ ...current, ...rest, chaos: { ...current.chaos, ...chaos } })
}
