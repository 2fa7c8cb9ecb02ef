import type { MedusaContainer } from "@medusajs/framework/types"
import { startEngine } from "../engine"

/** Jobs run in worker and shared processes only, and so does the engine: the first tick starts it, later ones find it running. */
export default async function hubDrain(container: MedusaContainer): Promise<void> {
  startEngine(container)
}

export const config = {
  name: "hub-drain",
  schedule: { interval: 2_000 },
}
