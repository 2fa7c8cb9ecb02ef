import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { hintFulfilment } from "../engine/hints"

/** A fulfilment was sent: the channel of its order has to hear of it. */
export default async function shipmentCreated({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  await hintFulfilment(container, event.data.id)
}

export const config: SubscriberConfig = {
  event: "shipment.created",
}
