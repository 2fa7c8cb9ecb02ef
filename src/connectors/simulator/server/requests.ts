import { z } from "@medusajs/framework/zod"
import { listingSchema } from "./settings"

const id = z.string().min(1).max(200)
const quantity = z.number().int().min(0).max(1_000_000_000)
const units = z.number().int().min(1).max(1_000_000)

/* What the hub may send. Strict: a name that does not exist is a mistake of the hub, and here is where it is found. */

export const pageQuerySchema = z.strictObject({
  cursor: z.string().regex(/^\d+$/, "A cursor is what next_cursor said.").optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "limit is a number from 1 to 9999.")
    .optional(),
})

export const orderQuerySchema = z.strictObject({ id })

export const noQuerySchema = z.strictObject({})

export const setInventorySchema = z.strictObject({
  idempotency_key: z.string().min(8).max(200),
  items: z
    .array(
      z.strictObject({
        listing_id: id,
        location_id: id,
        quantity,
        compare_quantity: quantity.optional(),
      })
    )
    .min(1),
})

export const readInventorySchema = z.strictObject({
  items: z.array(z.strictObject({ listing_id: id, location_id: id })).min(1),
})

export const webhookSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{32,}$/, "A secret is whsec_ followed by the base64 of 24 to 64 bytes."),
})

/* What the shopper and the operator may send. */

export const placeOrderSchema = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        sku: z.string().min(1).optional(),
        listing_id: id.optional(),
        title: z.string().min(1).optional(),
        quantity: units,
        unit_price: z
          .string()
          .regex(/^\d+(\.\d{1,4})?$/)
          .default("10.00"),
        /** Sells nothing that is kept in stock: postage, gift wrap. */
        service: z.boolean().default(false),
      })
    )
    .min(1),
  number: z.string().min(1).optional(),
  email: z.string().min(3).nullable().default(null),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/i)
    .default("eur"),
  placed_at: z.iso.datetime({ offset: true }).optional(),
})

export const cancelOrderSchema = z.strictObject({
  lines: z
    .array(z.strictObject({ line_id: id, quantity: units }))
    .min(1)
    .optional(),
})

/** Goods of an order that nobody remembers come back. */
export const returnGoodsSchema = z.strictObject({
  number: z.string().min(1),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/i)
    .default("eur"),
  lines: placeOrderSchema.shape.lines.element.omit({ service: true }).array().min(1),
})

export const tamperSchema = z.strictObject({ listing_id: id, location_id: id, quantity })

export const holdSchema = z.strictObject({
  next: z.number().int().min(0).max(10_000),
  ms: z.number().min(0).max(600_000),
})

export const addListingsSchema = z.strictObject({ listings: z.array(listingSchema).min(1) })

export const writesQuerySchema = z.strictObject({
  since: z.string().regex(/^\d+$/).optional(),
})

export type SetInventory = z.infer<typeof setInventorySchema>
export type SetInventoryItem = SetInventory["items"][number]
export type PlaceOrder = z.infer<typeof placeOrderSchema>
export type PlaceOrderLine = PlaceOrder["lines"][number]
export type ReturnGoods = z.infer<typeof returnGoodsSchema>
export type CancelOrder = z.infer<typeof cancelOrderSchema>
