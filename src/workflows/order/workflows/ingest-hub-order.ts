import { createWorkflow, transform, when, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  cancelOrderWorkflow,
  createOrdersStep,
  createReservationsStep,
  deleteReservationsStep,
  updateReservationsStep,
} from "@medusajs/medusa/core-flows"
import { HubError } from "../../../lib/errors"
import { computeHubOrderPlanStep } from "../steps/compute-hub-order-plan"
import { updateHubExposureStep } from "../steps/update-hub-exposure"
import { loadHubOrderContextStep } from "../steps/load-hub-order-context"
import { updateHubOrderReferenceStep } from "../steps/update-hub-order-reference"
import { wakeHubEngineStep } from "../steps/wake-hub-engine"

export interface IngestHubOrderWorkflowInput {
  readonly inbox_event_id: string
}

/** What a step has done stays done when a later one fails. Core types steps without a result as if they had no options. */
function keepDone(step: unknown): void {
  if (!isConfigurable(step)) {
    throw new HubError({ kind: "bug", message: "A core step cannot be told to keep what it has done." })
  }
  step.config({ noCompensation: true })
}

const isConfigurable = (step: unknown): step is { config(options: { noCompensation: boolean }): unknown } =>
  typeof step === "object" && step !== null && "config" in step && typeof step.config === "function"

/**
 * This workflow makes Medusa say what a stored order message of a channel says: the order once, its reservations also
 * when stock is short, cancelled units given back.
 *
 * It composes core steps and not `createOrderWorkflow`, which throws on short stock: the channel has sold the unit
 * already, so refusing it here would only hide it.
 *
 * Nothing is compensated. The plan converges and the message is tried until it is done, as after a crash. A worker that
 * stood still while another finished the order must not take that one's reservations away.
 *
 * @summary Take over an order of a channel.
 */
export const ingestHubOrderWorkflow = createWorkflow("ingest-hub-order", (input: IngestHubOrderWorkflowInput) => {
  const context = loadHubOrderContextStep(input)
  const plan = computeHubOrderPlanStep(context)

  // Stock before paper: the ids of the order and its lines are known already, and every other channel waits for this.
  when("needs-stock", { plan }, ({ plan }) => plan.reserve.length > 0).then(() => {
    keepDone(
      createReservationsStep(
        transform({ plan }, ({ plan }) => plan.reserve.map((item) => ({ ...item, metadata: { ...item.metadata } })))
      )
    )
    wakeHubEngineStep(context.orderId)
  })

  when("creates-order", { plan }, ({ plan }) => plan.createLines !== null).then(() => {
    const orders = transform({ context, plan }, ({ context, plan }) => [
      {
        id: context.orderId,
        status: "pending" as const,
        ...(context.salesChannelId ? { sales_channel_id: context.salesChannelId } : {}),
        ...(context.order.email ? { email: context.order.email } : {}),
        currency_code: context.order.currencyCode.toLowerCase(),
        items: [...(plan.createLines ?? [])].map((line) => ({ ...line, metadata: { ...line.metadata } })),
        metadata: {
          hub_connection_id: context.connectionId,
          hub_connection_name: context.connectionName,
          hub_external_id: context.order.externalId,
          hub_external_number: context.order.number,
        },
      },
    ])
    keepDone(createOrdersStep(orders))
  })

  // A channel may put returned units back on sale by itself, before we hear of it: nobody else may be given them yet.
  when("was-returned", { plan }, ({ plan }) => plan.returned.length > 0).then(() => {
    updateHubExposureStep({ plan })
  })

  when("gives-all-back", { plan }, ({ plan }) => plan.release.length > 0).then(() => {
    keepDone(deleteReservationsStep(transform({ plan }, ({ plan }) => [...plan.release])))
  })

  when("gives-some-back", { plan }, ({ plan }) => plan.shrink.length > 0).then(() => {
    keepDone(updateReservationsStep(transform({ plan }, ({ plan }) => plan.shrink.map((item) => ({ ...item })))))
  })

  when("is-cancelled", { plan }, ({ plan }) => plan.cancelOrder).then(() => {
    cancelOrderWorkflow.runAsStep({ input: transform({ context }, ({ context }) => ({ order_id: context.orderId })) })
  })

  return new WorkflowResponse(updateHubOrderReferenceStep({ context, plan }))
})
