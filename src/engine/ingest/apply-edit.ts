import type { BigNumberInput, IOrderModuleService, MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, MathBN, Modules } from "@medusajs/framework/utils"
import type { DecidedOrder } from "./decide-order"
import { statusOf, toItem } from "./medusa-order"
import type { OrderContext } from "./order-context"
import { planEdit, type CurrentOrder, type EditSteps } from "./plan-edit"
import type { OrderEdit } from "./plan-order"

type Orders = IOrderModuleService
interface Action {
  readonly action: ChangeActionType
  readonly reference?: string
  readonly reference_id?: string
  readonly amount?: string
  readonly details?: Record<string, unknown>
}

const textOf = (value: BigNumberInput): string => MathBN.convert(value).toFixed()

async function readOrder(orders: Orders, orderId: string): Promise<CurrentOrder> {
  const order = await orders.retrieveOrder(orderId, {
    relations: ["items", "items.adjustments", "items.tax_lines", "credit_lines"],
  })
  return {
    lines: (order.items ?? []).map((item) => ({
      id: item.id,
      isOurs: item.metadata?.hub_external_line_id !== undefined,
      quantity: textOf(item.quantity),
      fulfilled: textOf(item.detail.fulfilled_quantity),
      unitPrice: textOf(item.unit_price),
      adjustments: (item.adjustments ?? []).map(({ amount }) => ({ amount: textOf(amount) })),
      taxLines: (item.tax_lines ?? []).map(({ code, rate }) => ({ code, rate: textOf(rate) })),
    })),
    creditReferences: (order.credit_lines ?? []).flatMap(({ reference, reference_id }) =>
      reference === "hub-refund" && reference_id ? [reference_id] : []
    ),
  }
}

const noteOf = (context: OrderContext): string =>
  `${context.connectionName} order ${context.order.number}, version ${context.order.version}`

/** A worker may have died between making a change and confirming it. What a person is editing is not ours to end. */
async function dropUnfinished(orders: Orders, context: OrderContext): Promise<void> {
  const open = await orders.listOrderChanges({ order_id: context.orderId, status: ["pending", "requested"] })
  const ours = open.filter((change) => change.requested_by === `hub:${context.connectionId}`)
  if (ours.length > 0) {
    await orders.deleteOrderChanges(ours.map(({ id }) => id))
  }
}

async function change(orders: Orders, context: OrderContext, actions: readonly Action[]): Promise<void> {
  if (actions.length === 0) {
    return
  }
  const made = await orders.createOrderChange({
    order_id: context.orderId,
    change_type: "edit",
    internal_note: noteOf(context),
    created_by: `hub:${context.connectionId}`,
    requested_by: `hub:${context.connectionId}`,
  })
  await orders.addOrderAction(
    actions.map((action) => ({ ...action, order_change_id: made.id, order_id: context.orderId, version: made.version }))
  )
  await orders.confirmOrderChange(made.id)
}

/** Lines first, bare: what is on them is said by the update that follows. */
async function addLines(orders: Orders, context: OrderContext, steps: EditSteps): Promise<void> {
  const known = await orders.listOrderLineItems({ id: steps.add.map(({ id }) => id) })
  const fresh = steps.add.filter(({ id }) => !known.some((line) => line.id === id))
  if (fresh.length > 0) {
    await orders.createOrderLineItems(fresh.map((line) => ({ ...toItem(line), adjustments: [] })))
  }
  await change(
    orders,
    context,
    steps.add.map((line) => ({
      action: ChangeActionType.ITEM_ADD,
      details: { reference_id: line.id, quantity: line.quantity, unit_price: line.unit_price },
    }))
  )
}

function actionsOf(steps: EditSteps): Action[] {
  return [
    ...steps.remove.map((id) => ({
      action: ChangeActionType.ITEM_UPDATE,
      details: { reference_id: id, quantity: 0 },
    })),
    ...steps.update.map((line) => ({
      action: ChangeActionType.ITEM_UPDATE,
      details: {
        reference_id: line.id,
        quantity: line.quantity,
        unit_price: line.unit_price,
        adjustments: line.adjustments.map((part) => ({ ...part })),
      },
    })),
    ...steps.credits.map((credit) => ({
      action: ChangeActionType.CREDIT_LINE_ADD,
      reference: "hub-refund",
      reference_id: credit.reference_id,
      amount: credit.amount,
    })),
  ]
}

async function writeTaxes(orders: Orders, context: OrderContext, edit: OrderEdit): Promise<void> {
  const order = await orders.retrieveOrder(context.orderId, { relations: ["items", "items.tax_lines"] })
  const wanted = new Set(edit.lines.map(({ id }) => id))
  const others = (order.items ?? [])
    .filter(({ id }) => !wanted.has(id))
    .flatMap((item) => (item.tax_lines ?? []).map(({ id }) => ({ id })))
  await orders.setOrderLineItemTaxLines(context.orderId, [
    ...others,
    ...edit.lines.flatMap((line) => line.tax_lines.map((tax) => ({ ...tax, item_id: line.id }))),
  ])
}

/**
 * Makes an order in Medusa have the lines, prices, discounts, taxes and credits that the channel's has now, as a change of the
 * order that people see in its history. Doing it twice changes nothing the second time.
 */
export async function applyEdit(
  container: MedusaContainer,
  context: OrderContext,
  plan: DecidedOrder
): Promise<number> {
  const { edit, money } = plan
  if (edit === null || money === null || money.problem !== null) {
    return 0
  }
  const orders = container.resolve<Orders>(Modules.ORDER)
  await dropUnfinished(orders, context)
  const credits = money.wanted.credit_lines
  const first = planEdit(await readOrder(orders, context.orderId), edit, credits)
  if (first.add.length > 0) {
    await addLines(orders, context, first)
  }
  const steps = first.add.length > 0 ? planEdit(await readOrder(orders, context.orderId), edit, credits) : first
  if (steps.changesTaxes) {
    await writeTaxes(orders, context, edit)
  }
  await change(orders, context, actionsOf(steps))
  return first.add.length + steps.update.length + steps.remove.length + steps.credits.length
}

/** An order whose totals differ waits for a person; one whose totals have come right goes on. */
export async function applyStatus(
  container: MedusaContainer,
  context: OrderContext,
  plan: DecidedOrder
): Promise<void> {
  if (plan.edit === null) {
    return
  }
  const orders = container.resolve<Orders>(Modules.ORDER)
  const order = await orders.retrieveOrder(context.orderId, { select: ["id", "status"] })
  const wanted = statusOf(context, plan)
  const isOurs = order.status === "pending" || order.status === "requires_action"
  if (isOurs && wanted !== "completed" && order.status !== wanted) {
    await orders.updateOrders(context.orderId, { status: wanted })
  }
}
