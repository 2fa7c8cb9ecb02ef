import type { MedusaContainer } from "@medusajs/framework/types"
import { pruneHistory } from "../engine/prune"

/** Every hour: makes the partitions of the next days and drops what is older than it has to be kept. */
export default async function pruneHubHistory(container: MedusaContainer): Promise<void> {
  await pruneHistory(container)
}

export const config = {
  name: "prune-hub-history",
  schedule: "17 * * * *",
}
