import { generateEntityId } from "@medusajs/framework/utils"
import { raiseIssues, resolveIssues } from "../issues"
import { query, toStorableJson, type Sql } from "../sql"
import type { DecidedOrder } from "./decide-order"
import type { OrderContext } from "./order-context"
import { listingOf, openUnits } from "./order-lines"
import { describeCheck } from "./plan-totals-check"

/** More of an item is promised than there is. */
export interface OversoldItem {
  readonly inventory_item_id: string
  readonly sku: string | null
  readonly missing: number
}

/* What a version does not say anything about (its check, when no money changed) stays as it was. */
const UPSERT_SQL = `
  INSERT INTO hub_channel_order (id, company_id, connection_id, external_id, external_number, external_url, order_id, placed_at,
    is_historic, is_test, check_state, "check", held_at, held_digest, unmapped_lines, oversold_items, refunds, restocks, applied_digest,
    details, cancelled_at)
  VALUES (:id, :companyId, :connectionId, :externalId, :number, :url, :orderId, CAST(:placedAt AS timestamptz),
    :isHistoric, :isTest, COALESCE(CAST(:checkState AS text), 'unchecked'), CAST(:check AS jsonb),
    CASE WHEN :isHeld THEN clock_timestamp() END, :checkDigest, CAST(:unmapped AS jsonb), CAST(:oversold AS jsonb), CAST(:refunds AS jsonb),
    '[]', :digest, CAST(:details AS jsonb), CASE WHEN :isCancelled THEN COALESCE(CAST(:cancelledAt AS timestamptz), clock_timestamp()) END)
  ON CONFLICT (connection_id, external_id) WHERE deleted_at IS NULL DO UPDATE SET
    external_number = excluded.external_number, external_url = excluded.external_url,
    order_id = COALESCE(excluded.order_id, hub_channel_order.order_id),
    check_state = CASE WHEN CAST(:checkState AS text) IS NULL THEN hub_channel_order.check_state ELSE excluded.check_state END,
    "check" = COALESCE(excluded."check", hub_channel_order."check"),
    held_at = CASE WHEN :isCancelled THEN NULL WHEN CAST(:checkState AS text) IS NULL THEN hub_channel_order.held_at
      WHEN :isHeld THEN COALESCE(hub_channel_order.held_at, clock_timestamp()) END,
    held_digest = CASE WHEN CAST(:checkState AS text) IS NULL THEN hub_channel_order.held_digest ELSE excluded.held_digest END,
    unmapped_lines = excluded.unmapped_lines,
    oversold_items = CASE WHEN :hasReserved THEN excluded.oversold_items ELSE hub_channel_order.oversold_items END,
    refunds = excluded.refunds, applied_digest = excluded.applied_digest, details = excluded.details,
    cancelled_at = CASE WHEN :isCancelled THEN COALESCE(CAST(:cancelledAt AS timestamptz), hub_channel_order.cancelled_at, clock_timestamp()) END,
    updated_at = now()`

const unmappedOf = (context: OrderContext) =>
  context.order.lines
    .filter((line) => line.externalListingId !== null && openUnits(line) > 0 && !listingOf(context, line)?.variantId)
    .map((line) => ({
      external_line_id: line.externalLineId,
      title: line.title,
      sku: line.sku,
      units: openUnits(line),
      listing_id: listingOf(context, line)?.listingId ?? null,
    }))

const refundsOf = ({ order }: OrderContext) =>
  (order.refunds ?? []).map((refund) => ({
    external_id: refund.externalId,
    created_at: refund.createdAt,
    amount: refund.amount ?? null,
    units: refund.lines.reduce((sum, line) => sum + line.quantity, 0),
    restocked_units: refund.lines.reduce((sum, line) => sum + (line.restock ? line.quantity : 0), 0),
  }))

const isCancelled = ({ order }: OrderContext): boolean => order.lines.every((line) => openUnits(line) === 0)

async function tellHeld(sql: Sql, context: OrderContext, plan: DecidedOrder): Promise<void> {
  const dedupeKey = `order-held:${context.order.externalId}`
  if (plan.check === null && !isCancelled(context)) {
    return
  }
  if (!plan.isHeld || plan.check === null) {
    await resolveIssues(sql, context.connectionId, dedupeKey)
    return
  }
  await raiseIssues(sql, [
    {
      companyId: context.companyId,
      connectionId: context.connectionId,
      listingId: null,
      code: "order-held",
      severity: "warning",
      message:
        `Order ${context.order.number} of ${context.connectionName} was taken over, but its totals differ (${describeCheck(plan.check)}). ` +
        `Its stock is reserved. Look at the lines in the order and let it pass, or correct it on the channel.`,
      dedupeKey,
    },
  ])
}

/** Notes what became of a version of an order, for people, and for the next version. */
export async function storeOrder(
  sql: Sql,
  { context, plan, oversold }: { context: OrderContext; plan: DecidedOrder; oversold: readonly OversoldItem[] }
): Promise<void> {
  const { order } = context
  await query(sql, UPSERT_SQL, {
    id: generateEntityId(undefined, "hcord"),
    companyId: context.companyId,
    connectionId: context.connectionId,
    externalId: order.externalId,
    number: order.number,
    url: order.url ?? null,
    orderId: context.orderExists || plan.createLines !== null ? context.orderId : null,
    placedAt: order.placedAt,
    isHistoric: context.isHistoric ?? false,
    isTest: order.isTest ?? false,
    checkState: plan.check?.state ?? null,
    check: plan.check && toStorableJson(plan.check),
    isHeld: plan.isHeld,
    checkDigest: plan.checkDigest,
    hasReserved: plan.reserve.length > 0,
    unmapped: toStorableJson(unmappedOf(context)),
    oversold: toStorableJson(oversold),
    refunds: toStorableJson(refundsOf(context)),
    digest: plan.digest,
    details: toStorableJson({
      presentment: order.presentment ?? null,
      source: order.source ?? null,
      note: order.note ?? null,
      cancel_reason: order.cancelReason ?? null,
      rates: plan.money?.wanted.rates ?? null,
    }),
    isCancelled: isCancelled(context),
    cancelledAt: order.cancelledAt ?? null,
  })
  await tellHeld(sql, context, plan)
}
