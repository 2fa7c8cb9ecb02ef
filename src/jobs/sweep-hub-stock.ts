import type { MedusaContainer } from "@medusajs/framework/types"
import { sweepOncePerWindow } from "../engine/sweep"

/** Every minute: finds what neither the trigger nor an event told us of. */
export default async function sweepHubStock(container: MedusaContainer): Promise<void> {
  await sweepOncePerWindow(container)
}

export const config = {
  name: "sweep-hub-stock",
  schedule: "* * * * *",
}
