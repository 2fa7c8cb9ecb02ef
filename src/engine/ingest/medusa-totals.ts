import { decorateCartTotals } from "@medusajs/framework/utils"
import type { PlannedMoney } from "./plan-money"
import type { MedusaTotals } from "./plan-totals-check"

/** What Medusa's own code makes of an order that does not exist yet. */
export function computeMedusaTotals(money: PlannedMoney, isTaxInclusive: boolean): MedusaTotals {
  const order = decorateCartTotals({
    currency_code: money.currency_code,
    items: money.lines.map(({ key, adjustments, tax_lines, ...line }) => ({
      ...line,
      id: key,
      adjustments: adjustments.map((part) => ({ ...part })),
      tax_lines: tax_lines.map((part) => ({ ...part })),
    })),
    shipping_methods: money.shipping_methods.map(({ key, adjustments, tax_lines, ...method }) => ({
      ...method,
      id: key,
      adjustments: adjustments.map((part) => ({ ...part })),
      tax_lines: tax_lines.map((part) => ({ ...part })),
    })),
    credit_lines: money.credit_lines.map((credit) => ({ ...credit })),
  })
  return {
    total: String(order.total),
    tax: String(order.tax_total),
    discount: String(isTaxInclusive ? order.discount_total : order.discount_subtotal),
    shipping: String(isTaxInclusive ? order.original_shipping_total : order.original_shipping_subtotal),
    lines: Object.fromEntries((order.items ?? []).map((item, index) => [money.lines[index]?.key ?? "", String(item.total)])),
    shippingLines: Object.fromEntries(
      (order.shipping_methods ?? []).map((method, index) => [
        money.shipping_methods[index]?.key ?? "",
        String(method.total),
      ])
    ),
  }
}
