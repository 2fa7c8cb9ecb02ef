import type { MedusaContainer } from "@medusajs/framework/types"
import { requestReconcile } from "../engine/reconcile/request-reconcile"

/** Every quarter of an hour: asks every channel what it shows. */
export default async function reconcileHubStock(container: MedusaContainer): Promise<void> {
  await requestReconcile(container)
}

export const config = {
  name: "reconcile-hub-stock",
  schedule: "*/15 * * * *",
}
