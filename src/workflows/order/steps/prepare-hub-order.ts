import type { CreateOrderDTO } from "@medusajs/framework/types"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { DecidedOrder } from "../../../engine/ingest/decide-order"
import { toMedusaOrder } from "../../../engine/ingest/medusa-order"
import type { OrderContext } from "../../../engine/ingest/order-context"

export interface PrepareHubOrderStepInput {
  readonly context: OrderContext
  readonly plan: DecidedOrder
  readonly customer?: { readonly customer?: { readonly id: string } | null | undefined } | undefined
}

/** This step says a channel's order in the words of Medusa's order module. It writes nothing. Class: none. */
export const prepareHubOrderStep = createStep(
  "prepare-hub-order",
  async ({ context, plan, customer }: PrepareHubOrderStepInput): Promise<StepResponse<CreateOrderDTO[]>> =>
    new StepResponse([toMedusaOrder(context, plan, customer?.customer?.id ?? null)])
)
