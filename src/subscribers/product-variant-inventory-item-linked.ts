import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { hintKits } from "../engine/hints"

/** A kit is made of something else now. */
export default async function productVariantInventoryItemLinked({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await hintKits(container, [event.data.id])
}

export const config: SubscriberConfig = {
  event: ["LinkProductVariantInventoryItem.attached", "LinkProductVariantInventoryItem.detached"],
}
