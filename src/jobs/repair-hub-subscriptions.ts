import type { MedusaContainer } from "@medusajs/framework/types"
import { repairSubscriptions } from "../engine/subscriptions/repair-subscriptions"

/** Every quarter of an hour: looks at the subscriptions that nobody has looked at for a day, and at those that are broken. */
export default async function repairHubSubscriptions(container: MedusaContainer): Promise<void> {
  await repairSubscriptions(container)
}

export const config = {
  name: "repair-hub-subscriptions",
  schedule: "*/15 * * * *",
}
