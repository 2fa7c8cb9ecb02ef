import { z } from "@medusajs/framework/zod"

/* What the simulator says. Names that we do not know may come and are ignored; what we need must be there. */

export const pingSchema = z.object({
  max_batch: z.number(),
  compare_and_set: z.boolean(),
  has_locations: z.boolean(),
})

export const locationsSchema = z.object({ locations: z.array(z.object({ id: z.string(), name: z.string() })) })

export const listingsSchema = z.object({
  listings: z.array(
    z.object({ id: z.string(), sku: z.string().nullable(), barcode: z.string().nullable(), title: z.string() })
  ),
  next_cursor: z.string().nullable(),
})

const slot = { listing_id: z.string(), location_id: z.string() }
const quantity = z.number().int()

export const quantitySchema = z.object({ ...slot, quantity: quantity.nullable() })

export const quantitiesSchema = z.object({ items: z.array(quantitySchema) })

export const writeResultsSchema = z.object({
  items: z.array(
    z.discriminatedUnion("status", [
      z.object({ ...slot, status: z.literal("ok") }),
      z.object({ ...slot, status: z.literal("conflict"), quantity: quantity.nullable() }),
      z.object({ ...slot, status: z.literal("rejected"), code: z.string().optional(), message: z.string() }),
    ])
  ),
})

export const orderSchema = z.object({
  id: z.string(),
  number: z.string(),
  sequence: z.number().int().positive(),
  placed_at: z.iso.datetime({ offset: true }),
  currency: z.string(),
  email: z.string().nullable(),
  lines: z.array(
    z.object({
      id: z.string(),
      listing_id: z.string().nullable(),
      location_id: z.string(),
      sku: z.string().nullable(),
      title: z.string(),
      quantity: quantity.positive(),
      cancelled_quantity: quantity.nonnegative(),
      unit_price: z.string(),
    })
  ),
})

export const orderAnswerSchema = z.object({ order: orderSchema })

export const subscriptionsSchema = z.object({
  subscriptions: z.array(z.object({ id: z.string(), topic: z.string(), url: z.string() })),
})

/** What the token endpoint gives, and what it says instead. */
export const tokensSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
  scope: z.string().optional(),
})

export const tokenProblemSchema = z.object({ error: z.string() })

export const ordersSchema = z.object({ orders: z.array(orderSchema), next_cursor: z.string().nullable() })

export const webhookBodySchema = z.object({
  type: z.string(),
  event_id: z.string().min(1),
  occurred_at: z.iso.datetime({ offset: true }),
  data: z.unknown(),
})

export const problemSchema = z.object({ error: z.string() })

export type VendorOrder = z.infer<typeof orderSchema>
export type VendorQuantity = z.infer<typeof quantitySchema>
export type VendorWriteResult = z.infer<typeof writeResultsSchema>["items"][number]
export type VendorListing = z.infer<typeof listingsSchema>["listings"][number]
export type VendorLocation = z.infer<typeof locationsSchema>["locations"][number]
