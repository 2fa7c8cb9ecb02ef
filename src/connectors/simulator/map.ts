import type { HubFailure } from "../../lib/errors"
import type {
  ExternalListing,
  ExternalLocation,
  StockKey,
  StockObservation,
  StockWrite,
  StockWriteOutcome,
} from "../../types/channel"
import type {
  ExternalAddress,
  ExternalOrder,
  ExternalOrderLine,
  ExternalOrderTotals,
  ExternalRefund,
  FulfilmentPush,
} from "../../types/channel-order"
import type { HttpResponse } from "../../types/http-port"
import type { ExternalListingId, ExternalLocationId } from "../../types/ids"
import {
  problemSchema,
  type VendorAddress,
  type VendorListing,
  type VendorLocation,
  type VendorOrder,
  type VendorQuantity,
  type VendorWriteResult,
} from "./schema"

const DEFAULT_RETRY_AFTER_MS = 1_000
const MAX_MESSAGE_LENGTH = 300

const toListingId = (id: string): ExternalListingId => id as ExternalListingId
const toLocationId = (id: string): ExternalLocationId => id as ExternalLocationId

const isSameSlot = (key: StockKey, slot: { listing_id: string; location_id: string } | undefined): boolean =>
  key.externalListingId === slot?.listing_id && key.externalLocationId === slot.location_id

export const toSlot = (key: StockKey): { listing_id: string; location_id: string } => ({
  listing_id: key.externalListingId,
  location_id: key.externalLocationId,
})

export const toLocation = ({ id, name }: VendorLocation): ExternalLocation => ({ externalId: toLocationId(id), name })

export const toListing = ({ id, sku, barcode, title }: VendorListing): ExternalListing => ({
  externalId: toListingId(id),
  sku,
  barcode,
  title,
})

export const toObservation = ({ listing_id, location_id, quantity }: VendorQuantity): StockObservation => ({
  externalListingId: toListingId(listing_id),
  externalLocationId: toLocationId(location_id),
  quantity,
})

/** One observation for each key, in order. What the answer leaves out is unknown, never zero. */
export const toObservations = (
  keys: readonly StockKey[],
  answered: readonly VendorQuantity[]
): readonly StockObservation[] =>
  keys.map(({ externalListingId, externalLocationId }, index) => {
    const item = answered[index]
    const quantity = item && isSameSlot({ externalListingId, externalLocationId }, item) ? item.quantity : null
    return { externalListingId, externalLocationId, quantity }
  })

const toAddress = (address: VendorAddress): ExternalAddress => ({
  firstName: address.first_name ?? null,
  lastName: address.last_name ?? null,
  company: address.company ?? null,
  address1: address.address_1 ?? null,
  address2: address.address_2 ?? null,
  city: address.city ?? null,
  province: address.province ?? null,
  postalCode: address.postal_code ?? null,
  countryCode: address.country_code ?? null,
  phone: address.phone ?? null,
})

type VendorMoney = Pick<VendorOrder["lines"][number], "discounts" | "taxes" | "total">

const toMoney = ({
  discounts,
  taxes,
  total,
}: VendorMoney): Pick<ExternalOrderLine, "discounts" | "taxes" | "total"> => ({
  ...(discounts ? { discounts } : {}),
  ...(taxes ? { taxes } : {}),
  ...(total === undefined ? {} : { total }),
})

const toRefund = (refund: NonNullable<VendorOrder["refunds"]>[number]): ExternalRefund => ({
  externalId: refund.id,
  createdAt: refund.created_at,
  lines: refund.lines.map((line) => ({
    externalLineId: line.line_id,
    quantity: line.quantity,
    restock: line.restock,
    afterShipping: line.after_shipping,
    externalLocationId: line.location_id === null ? null : toLocationId(line.location_id),
    ...(line.amount === undefined ? {} : { amount: line.amount }),
    ...(line.tax === undefined ? {} : { tax: line.tax }),
  })),
  ...(refund.shipping_amount === undefined ? {} : { shippingAmount: refund.shipping_amount }),
  ...(refund.amount === undefined ? {} : { amount: refund.amount }),
})

const toTotals = (totals: NonNullable<VendorOrder["totals"]>): ExternalOrderTotals => ({
  total: totals.total,
  ...(totals.tax === undefined ? {} : { tax: totals.tax }),
  ...(totals.discount === undefined ? {} : { discount: totals.discount }),
  ...(totals.shipping === undefined ? {} : { shipping: totals.shipping }),
  ...(totals.current_total === undefined ? {} : { currentTotal: totals.current_total }),
})

/** What an order tells beside its goods. */
const toParts = (order: VendorOrder): Partial<ExternalOrder> => ({
  taxInclusive: order.tax_inclusive ?? false,
  ...(order.decimals === undefined ? {} : { currencyDecimals: order.decimals }),
  shippingLines: (order.shipping_lines ?? []).map((line) => ({
    externalLineId: line.id,
    title: line.title,
    price: line.price,
    ...toMoney(line),
  })),
  discounts: order.discounts ?? [],
  ...(order.totals ? { totals: toTotals(order.totals) } : {}),
  customer: order.customer
    ? {
        externalId: order.customer.id,
        email: order.email,
        firstName: order.customer.first_name,
        lastName: order.customer.last_name,
      }
    : null,
  shippingAddress: order.shipping_address ? toAddress(order.shipping_address) : null,
  billingAddress: order.billing_address ? toAddress(order.billing_address) : null,
  url: order.url ?? null,
  presentment: order.presentment ? { currencyCode: order.presentment.currency, total: order.presentment.total } : null,
  isTest: order.is_test ?? false,
  refunds: (order.refunds ?? []).map(toRefund),
  fulfilments: (order.fulfilments ?? []).map((parcel) => ({
    externalId: parcel.id,
    createdAt: parcel.created_at,
    isCancelled: false,
    externalLocationId: toLocationId(parcel.location_id),
    lines: parcel.lines.map((line) => ({ externalLineId: line.line_id, quantity: line.quantity })),
    tracking: parcel.tracking,
  })),
})

export const toOrder = (order: VendorOrder): ExternalOrder => ({
  externalId: order.id,
  number: order.number,
  version: order.sequence,
  placedAt: order.placed_at,
  currencyCode: order.currency,
  email: order.email,
  lines: order.lines.map((line) => ({
    externalLineId: line.id,
    externalListingId: line.listing_id === null ? null : toListingId(line.listing_id),
    externalLocationId: toLocationId(line.location_id),
    sku: line.sku,
    title: line.title,
    quantity: line.quantity,
    cancelledQuantity: line.cancelled_quantity,
    unitPrice: line.unit_price,
    ...toMoney(line),
  })),
  ...toParts(order),
})

/** A parcel as the simulator wants it. */
export const toVendorFulfilment = (push: FulfilmentPush): Readonly<Record<string, unknown>> => ({
  idempotency_key: push.idempotencyKey,
  order_id: push.externalOrderId,
  location_id: push.externalLocationId,
  lines: push.lines.map((line) => ({ line_id: line.externalLineId, quantity: line.quantity })),
  tracking: push.tracking.map((part) => ({ ...part })),
  notify_buyer: push.notifyBuyer,
})

/** A write as the simulator wants it. A channel that cannot compare is not asked to. */
export const toVendorWrite = (write: StockWrite, compares: boolean): Readonly<Record<string, string | number>> => ({
  ...toSlot(write),
  quantity: write.quantity,
  ...(compares && write.compareWith !== null ? { compare_quantity: write.compareWith } : {}),
})

function toOutcome(write: StockWrite, result: VendorWriteResult | undefined): StockWriteOutcome {
  if (!result || !isSameSlot(write, result)) {
    return { status: "unknown", message: `The channel gave no result for listing ${write.externalListingId}.` }
  }
  switch (result.status) {
    case "ok":
      return { status: "accepted" }
    case "conflict":
      return { status: "conflict", observed: result.quantity }
    case "rejected":
      return {
        status: "failed",
        failure: {
          kind: "invalid-data",
          message: result.message.slice(0, MAX_MESSAGE_LENGTH),
          ...(result.code === undefined ? {} : { vendorCode: result.code }),
        },
      }
  }
}

/** One outcome for each write, in order, whatever the answer's length is. */
export const toOutcomes = (
  writes: readonly StockWrite[],
  results: readonly VendorWriteResult[]
): readonly StockWriteOutcome[] => writes.map((write, index) => toOutcome(write, results[index]))

/** What the simulator itself says about a refusal: one of its own fixed texts, cut short. */
function wordsOf(body: unknown): string {
  const problem = problemSchema.safeParse(body)
  return problem.success ? ` ${problem.data.error.slice(0, MAX_MESSAGE_LENGTH)}` : ""
}

/** The one place where an HTTP status becomes what the engine has to do next. Null for a success. */
export function toHubFailure(response: HttpResponse, what: string): HubFailure | null {
  const failure = failureOf(response, what)
  return failure && { ...failure, vendorCode: String(response.status) }
}

function failureOf(response: HttpResponse, what: string): HubFailure | null {
  const { status } = response
  if (status >= 200 && status < 300) {
    return null
  }
  if (status === 401 || status === 403) {
    return { kind: "auth", message: `${what}: the simulator refused the token. Check the connection's token.` }
  }
  if (status === 429) {
    const message = `${what}: the simulator asks us to call less often.`
    return { kind: "rate-limited", message, retryAfterMs: response.retryAfterMs || DEFAULT_RETRY_AFTER_MS }
  }
  if (status >= 500) {
    return { kind: "transient", message: `${what}: the simulator answered ${status}.` }
  }
  const kind = status === 404 ? "not-found" : status === 409 ? "conflict" : "invalid-data"
  return { kind, message: `${what}: the simulator answered ${status}.${wordsOf(response.body)}` }
}

/** A 5xx to a write says nothing about what was done before it broke. Only 503 means that nothing was begun. */
export const mayBeApplied = (status: number): boolean => status >= 500 && status !== 503
