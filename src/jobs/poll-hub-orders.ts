import type { MedusaContainer } from "@medusajs/framework/types"
import { pollAllOrders } from "../engine/reconcile/poll-all-orders"

/** Every minute: finds orders that no webhook has brought. */
export default async function pollHubOrders(container: MedusaContainer): Promise<void> {
  await pollAllOrders(container)
}

export const config = {
  name: "poll-hub-orders",
  schedule: "* * * * *",
}
