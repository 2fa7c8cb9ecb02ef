import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { hintFulfilment } from "../engine/hints"

/** Something of an order was packed; with a number to follow it by, the channel of the order has to hear of it. */
export default async function orderFulfillmentCreated({
  event,
  container,
}: SubscriberArgs<{ fulfillment_id: string }>): Promise<void> {
  await hintFulfilment(container, event.data.fulfillment_id)
}

export const config: SubscriberConfig = {
  event: "order.fulfillment_created",
}
