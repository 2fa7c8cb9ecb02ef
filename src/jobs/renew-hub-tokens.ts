import type { MedusaContainer } from "@medusajs/framework/types"
import { renewDueTokens } from "../engine/oauth/renew-due"

/** Every minute: renews tokens of channels ahead of time. */
export default async function renewHubTokens(container: MedusaContainer): Promise<void> {
  await renewDueTokens(container)
}

export const config = {
  name: "renew-hub-tokens",
  schedule: "* * * * *",
}
