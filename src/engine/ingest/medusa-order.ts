import type { CreateOrderDTO } from "@medusajs/framework/types"
import type { ExternalAddress, ExternalOrder } from "../../types/channel-order"
import type { DecidedOrder } from "./decide-order"
import type { OrderContext } from "./order-context"
import type { PlannedLine } from "./plan-order"

/** What Medusa calls an address. Only what the channel told. */
function toAddress(address: ExternalAddress | null | undefined): CreateOrderDTO["shipping_address"] {
  if (!address) {
    return undefined
  }
  const { firstName, lastName, company, address1, address2, city, province, postalCode, countryCode, phone } = address
  const told = {
    first_name: firstName,
    last_name: lastName,
    company,
    address_1: address1,
    address_2: address2,
    city,
    province,
    postal_code: postalCode,
    country_code: countryCode?.toLowerCase(),
    phone,
  }
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null && value !== undefined))
}

const copy = <T extends object>(parts: readonly T[]): T[] => parts.map((part) => ({ ...part }))

export const toItem = (line: PlannedLine) => ({
  ...line,
  adjustments: copy(line.adjustments),
  tax_lines: copy(line.tax_lines),
  metadata: { ...line.metadata },
})

/** `requires_action` while the totals differ; what is long over is `completed`. */
export const statusOf = (context: OrderContext, plan: DecidedOrder): "pending" | "requires_action" | "completed" =>
  context.isHistoric ? "completed" : plan.isHeld ? "requires_action" : "pending"

const isAddress = (email: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)

/** An address that Medusa takes for one, or null: a strange one must not keep an order out. */
export const emailOf = (order: ExternalOrder): string | null => {
  const email = (order.email ?? order.customer?.email ?? "").trim().toLowerCase()
  return email.length <= 254 && isAddress(email) ? email : null
}

/** The order as Medusa's order module takes it. */
export function toMedusaOrder(
  context: OrderContext,
  plan: DecidedOrder,
  customerId: string | null
): CreateOrderDTO & { id: string } {
  const { order } = context
  const shippingAddress = toAddress(order.shippingAddress)
  const billingAddress = toAddress(order.billingAddress)
  const email = order.email ?? order.customer?.email
  return {
    id: context.orderId,
    status: statusOf(context, plan),
    ...(context.salesChannelId ? { sales_channel_id: context.salesChannelId } : {}),
    ...(email ? { email } : {}),
    ...(customerId ? { customer_id: customerId } : {}),
    currency_code: order.currencyCode.toLowerCase(),
    no_notification: true,
    items: (plan.createLines ?? []).map(toItem),
    ...(shippingAddress ? { shipping_address: shippingAddress } : {}),
    ...(billingAddress ? { billing_address: billingAddress } : {}),
    shipping_methods: (plan.money?.wanted.shipping_methods ?? []).map(({ key, ...method }) => ({
      ...method,
      adjustments: copy(method.adjustments),
      tax_lines: copy(method.tax_lines),
      data: { hub_external_line_id: key },
    })),
    credit_lines: (plan.money?.wanted.credit_lines ?? []).map(({ reference_id, amount }) => ({
      order_id: context.orderId,
      reference: "hub-refund",
      reference_id,
      amount,
    })),
    metadata: {
      hub_connection_id: context.connectionId,
      hub_connection_name: context.connectionName,
      hub_external_id: order.externalId,
      hub_external_number: order.number,
      ...(order.url ? { hub_external_url: order.url } : {}),
      ...(order.presentment
        ? { hub_presentment_currency: order.presentment.currencyCode, hub_presentment_total: order.presentment.total }
        : {}),
      ...(context.isHistoric ? { hub_is_historic: true } : {}),
    },
  }
}
