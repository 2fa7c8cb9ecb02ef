import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { hintStockLocations } from "../engine/hints"

/** A stock location is gone; its levels stay behind and send no event of their own. */
export default async function stockLocationDeleted({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await hintStockLocations(container, [event.data.id])
}

export const config: SubscriberConfig = {
  event: "stock_location.stock-location.deleted",
}
