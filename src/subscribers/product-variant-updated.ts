import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { hintVariants } from "../engine/hints"

/** A variant may now be backordered, its inventory is no longer managed, or it is gone. */
export default async function productVariantUpdated({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await hintVariants(container, [event.data.id])
}

export const config: SubscriberConfig = {
  event: ["product.product-variant.updated", "product.product-variant.deleted"],
}
