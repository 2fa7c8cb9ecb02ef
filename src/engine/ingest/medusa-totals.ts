import { z } from "@medusajs/framework/zod"
import { decorateCartTotals } from "@medusajs/framework/utils"
import type { PlannedMoney } from "./plan-money"
import type { MedusaTotals } from "./plan-totals-check"

/* Medusa adds its totals to what it is given; their type does not tell all of them. */
const amount = z.unknown().transform(String)
const totalsSchema = z.object({
  total: amount,
  tax_total: amount,
  discount_total: amount,
  discount_subtotal: amount,
  original_shipping_total: amount,
  original_shipping_subtotal: amount,
  items: z.array(z.object({ id: z.string(), total: amount })),
  shipping_methods: z.array(z.object({ id: z.string(), total: amount })),
})

const copy = <T extends object>(parts: readonly T[]): T[] => parts.map((part) => ({ ...part }))

const byId = (parts: readonly { readonly id: string; readonly total: string }[]): Record<string, string> =>
  Object.fromEntries(parts.map(({ id, total }) => [id, total]))

/** What Medusa's own code makes of an order that does not exist yet. */
export function computeMedusaTotals(money: PlannedMoney, isTaxInclusive: boolean): MedusaTotals {
  const order = totalsSchema.parse(
    decorateCartTotals({
      currency_code: money.currency_code,
      items: money.lines.map(({ key, adjustments, tax_lines, ...line }) => ({
        ...line,
        id: key,
        adjustments: copy(adjustments),
        tax_lines: copy(tax_lines),
      })),
      shipping_methods: money.shipping_methods.map(({ key, adjustments, tax_lines, ...method }) => ({
        ...method,
        id: key,
        adjustments: copy(adjustments),
        tax_lines: copy(tax_lines),
      })),
      credit_lines: copy(money.credit_lines),
    })
  )
  return {
    total: order.total,
    tax: order.tax_total,
    discount: isTaxInclusive ? order.discount_total : order.discount_subtotal,
    shipping: isTaxInclusive ? order.original_shipping_total : order.original_shipping_subtotal,
    lines: byId(order.items),
    shippingLines: byId(order.shipping_methods),
  }
}
