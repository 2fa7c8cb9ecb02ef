import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { hintInventoryLevels } from "../engine/hints"

/** A stock level changed. The module's own event: the workflow event is not sent when an order is placed. */
export default async function inventoryLevelUpdated({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await hintInventoryLevels(container, [event.data.id])
}

export const config: SubscriberConfig = {
  event: [
    "inventory.inventory-level.created",
    "inventory.inventory-level.updated",
    "inventory.inventory-level.deleted",
  ],
}
