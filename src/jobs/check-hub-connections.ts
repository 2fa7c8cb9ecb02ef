import type { MedusaContainer } from "@medusajs/framework/types"
import { checkOncePerWindow } from "../engine/connection/check-connections"

/** Every minute: asks every running channel whether it is there. */
export default async function checkHubConnections(container: MedusaContainer): Promise<void> {
  await checkOncePerWindow(container)
}

export const config = {
  name: "check-hub-connections",
  schedule: "* * * * *",
}
