import { toFailure } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { FulfilmentPush, FulfilmentPushOutcome } from "../../types/channel-order"
import { FULFIL } from "./documents"
import { call, type Session } from "./graphql"
import { findParcel, planParcel } from "./map-fulfilment"
import { readVendorOrder } from "./read-order"
import { fulfilSchema } from "./schema"

/** Tells Shopify of one parcel, unless it knows of it already. */
export async function pushFulfilment(session: Session, push: FulfilmentPush): Promise<FulfilmentPushOutcome> {
  const order = await readVendorOrder(session, push.externalOrderId)
  if (!order) {
    const message = "Shopify does not know the order of this parcel."
    return { status: "failed", failure: { kind: "not-found", message } }
  }
  const known = findParcel(push, order.fulfillments)
  if (known) {
    return { status: "confirmed", externalFulfilmentId: known.id }
  }
  const planned = planParcel(push, order)
  if (!planned.ok) {
    return { status: "failed", failure: planned.error }
  }
  try {
    const { fulfillmentCreate: answer } = await call(session, {
      operation: FULFIL,
      what: `Telling Shopify of a parcel of ${order.name}`,
      schema: fulfilSchema,
      variables: { fulfillment: planned.value },
    })
    const [error] = answer.userErrors
    return error
      ? {
          status: "failed",
          failure: {
            kind: "invalid-data",
            message: `Shopify refused the parcel: ${error.message.slice(0, 200)}`,
            vendorCode: error.code ?? "USER_ERROR",
          },
        }
      : { status: "confirmed", externalFulfilmentId: answer.fulfillment?.id ?? null }
  } catch (error) {
    if (error instanceof OutcomeUnknownError) {
      return { status: "unknown", message: toFailure(error).message }
    }
    throw error
  }
}
