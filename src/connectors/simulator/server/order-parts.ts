import { z } from "@medusajs/framework/zod"

const amount = z.string().regex(/^\d+(\.\d{1,4})?$/, "An amount is a decimal number, for example 12.50.")
const id = z.string().min(1).max(200)
const units = z.number().int().min(1).max(1_000_000)
const text = z.string().max(300)

/* What an order of the simulator may tell beside goods and prices. The shopper sends it, and the simulator passes it on as it is. */

export const discountSchema = z.strictObject({
  amount,
  code: text.nullable().default(null),
  title: text.nullable().default(null),
})

export const taxSchema = z.strictObject({ title: text, rate: amount.nullable().default(null), amount })

export const addressSchema = z.strictObject({
  first_name: text.optional(),
  last_name: text.optional(),
  company: text.optional(),
  address_1: text.optional(),
  address_2: text.optional(),
  city: text.optional(),
  province: text.optional(),
  postal_code: text.optional(),
  country_code: text.optional(),
  phone: text.optional(),
})

/** Money of one line. */
export const lineMoneySchema = z.strictObject({
  discounts: z.array(discountSchema).optional(),
  taxes: z.array(taxSchema).optional(),
  total: amount.optional(),
})

export const shippingLineSchema = lineMoneySchema.extend({ id, title: text, price: amount })

export const totalsSchema = z.strictObject({
  total: amount,
  tax: amount.optional(),
  discount: amount.optional(),
  shipping: amount.optional(),
  current_total: amount.optional(),
})

export const refundLineSchema = z.strictObject({
  line_id: id,
  quantity: units,
  restock: z.boolean(),
  after_shipping: z.boolean().default(false),
  location_id: id.nullable().default(null),
  amount: amount.optional(),
  tax: amount.optional(),
})

export const refundSchema = z.strictObject({
  id,
  created_at: z.iso.datetime({ offset: true }),
  lines: z.array(refundLineSchema),
  shipping_amount: amount.optional(),
  amount: amount.optional(),
})

export const trackingSchema = z.strictObject({
  number: text,
  url: text.nullable().default(null),
  carrier: text.nullable().default(null),
})

export const fulfilmentSchema = z.strictObject({
  id,
  created_at: z.iso.datetime({ offset: true }),
  location_id: id,
  lines: z.array(z.strictObject({ line_id: id, quantity: units })).min(1),
  tracking: z.array(trackingSchema),
})

/** What may be said of an order as a whole. */
export const orderPartsSchema = z.strictObject({
  tax_inclusive: z.boolean().optional(),
  decimals: z.number().int().min(0).max(4).optional(),
  shipping_lines: z.array(shippingLineSchema).optional(),
  discounts: z.array(discountSchema).optional(),
  totals: totalsSchema.optional(),
  customer: z
    .strictObject({ id, first_name: text.nullable().default(null), last_name: text.nullable().default(null) })
    .optional(),
  shipping_address: addressSchema.optional(),
  billing_address: addressSchema.optional(),
  url: z.url().optional(),
  presentment: z.strictObject({ currency: text, total: amount }).optional(),
  is_test: z.boolean().optional(),
})

export type LineMoney = z.infer<typeof lineMoneySchema>
export type OrderParts = z.infer<typeof orderPartsSchema>
export type Refund = z.infer<typeof refundSchema>
export type Fulfilment = z.infer<typeof fulfilmentSchema>
