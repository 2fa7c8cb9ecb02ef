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

const discount = z.object({ amount: z.string(), code: z.string().nullable(), title: z.string().nullable() })
const tax = z.object({ title: z.string(), rate: z.string().nullable(), amount: z.string() })
const lineMoney = {
  discounts: z.array(discount).optional(),
  taxes: z.array(tax).optional(),
  total: z.string().optional(),
}

const addressSchema = z.object({
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  company: z.string().optional(),
  address_1: z.string().optional(),
  address_2: z.string().optional(),
  city: z.string().optional(),
  province: z.string().optional(),
  postal_code: z.string().optional(),
  country_code: z.string().optional(),
  phone: z.string().optional(),
})

const refundSchema = z.object({
  id: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  lines: z.array(
    z.object({
      line_id: z.string(),
      quantity: quantity.positive(),
      restock: z.boolean(),
      after_shipping: z.boolean(),
      location_id: z.string().nullable(),
      amount: z.string().optional(),
      tax: z.string().optional(),
    })
  ),
  shipping_amount: z.string().optional(),
  amount: z.string().optional(),
})

const fulfilmentSchema = z.object({
  id: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  location_id: z.string(),
  lines: z.array(z.object({ line_id: z.string(), quantity: quantity.positive() })),
  tracking: z.array(z.object({ number: z.string(), url: z.string().nullable(), carrier: z.string().nullable() })),
})

/* Everything that the first simulators did not tell is optional. */
const partsSchema = {
  tax_inclusive: z.boolean().optional(),
  decimals: z.number().int().min(0).max(4).optional(),
  shipping_lines: z.array(z.object({ id: z.string(), title: z.string(), price: z.string(), ...lineMoney })).optional(),
  discounts: z.array(discount).optional(),
  totals: z
    .object({
      total: z.string(),
      tax: z.string().optional(),
      discount: z.string().optional(),
      shipping: z.string().optional(),
      current_total: z.string().optional(),
    })
    .optional(),
  customer: z
    .object({ id: z.string(), first_name: z.string().nullable(), last_name: z.string().nullable() })
    .optional(),
  shipping_address: addressSchema.optional(),
  billing_address: addressSchema.optional(),
  url: z.string().optional(),
  presentment: z.object({ currency: z.string(), total: z.string() }).optional(),
  is_test: z.boolean().optional(),
  refunds: z.array(refundSchema).optional(),
  fulfilments: z.array(fulfilmentSchema).optional(),
}

export const fulfilmentAnswerSchema = z.object({ id: z.string() })

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
      ...lineMoney,
    })
  ),
  ...partsSchema,
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

export type VendorAddress = z.infer<typeof addressSchema>
export type VendorOrder = z.infer<typeof orderSchema>
export type VendorQuantity = z.infer<typeof quantitySchema>
export type VendorWriteResult = z.infer<typeof writeResultsSchema>["items"][number]
export type VendorListing = z.infer<typeof listingsSchema>["listings"][number]
export type VendorLocation = z.infer<typeof locationsSchema>["locations"][number]
