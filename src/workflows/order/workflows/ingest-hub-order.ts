import { createWorkflow, transform, when, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  adjustInventoryLevelsStep,
  cancelOrderWorkflow,
  createOrdersStep,
  createReservationsStep,
  deleteReservationsStep,
  findOrCreateCustomerStep,
  updateReservationsStep,
} from "@medusajs/medusa/core-flows"
import { HubError } from "../../../lib/errors"
import { claimHubRestocksStep } from "../steps/claim-hub-restocks"
import { computeHubOrderPlanStep } from "../steps/compute-hub-order-plan"
import { updateHubExposureStep } from "../steps/update-hub-exposure"
import { loadHubOrderContextStep } from "../steps/load-hub-order-context"
import { prepareHubOrderStep } from "../steps/prepare-hub-order"
import { updateHubOrderLinesStep } from "../steps/update-hub-order-lines"
import { updateHubOrderReferenceStep } from "../steps/update-hub-order-reference"
import { wakeHubEngineStep } from "../steps/wake-hub-engine"

export interface IngestHubOrderWorkflowInput {
  readonly inbox_event_id: string
}

/** What a step has done stays done when a later one fails. Core types steps without a result as if they had no options. */
function keepDone(step: unknown, name?: string): void {
  if (!isConfigurable(step)) {
    throw new HubError({ kind: "bug", message: "A core step cannot be told to keep what it has done." })
  }
  step.config({ noCompensation: true, ...(name === undefined ? {} : { name }) })
}

const isConfigurable = (
  step: unknown
): step is { config(options: { noCompensation: boolean; name?: string }): unknown } =>
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

  // A refund without restock: what is given up by the order stays out of sale. Before anything is released.
  when("keeps-stock-aside", { plan }, ({ plan }) => plan.keepAside.length > 0).then(() => {
    keepDone(
      createReservationsStep(
        transform({ plan }, ({ plan }) => plan.keepAside.map((item) => ({ ...item, metadata: { ...item.metadata } })))
      ),
      "keep-stock-aside"
    )
  })

  const customer = when("has-buyer", { plan }, ({ plan }) => plan.createLines !== null && plan.email !== null).then(
    () => {
      const found = findOrCreateCustomerStep(transform({ plan }, ({ plan }) => ({ email: plan.email })))
      keepDone(found)
      return found
    }
  )

  when("creates-order", { plan }, ({ plan }) => plan.createLines !== null).then(() => {
    keepDone(createOrdersStep(prepareHubOrderStep({ context, plan, customer })))
  })

  when("was-edited", { plan }, ({ plan }) => plan.edit !== null).then(() => {
    updateHubOrderLinesStep({ context, plan })
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

  when("came-back", { plan }, ({ plan }) => plan.restocks.length > 0).then(() => {
    const claimed = claimHubRestocksStep({ context, plan })
    keepDone(
      adjustInventoryLevelsStep(
        transform({ claimed }, ({ claimed }) =>
          claimed.map(({ inventory_item_id, location_id, quantity }) => ({
            inventory_item_id,
            location_id,
            adjustment: quantity,
          }))
        )
      )
    )
  })

  when("is-cancelled", { plan }, ({ plan }) => plan.cancelOrder).then(() => {
    cancelOrderWorkflow.runAsStep({ input: transform({ context }, ({ context }) => ({ order_id: context.orderId })) })
  })

  return new WorkflowResponse(updateHubOrderReferenceStep({ context, plan }))
})
