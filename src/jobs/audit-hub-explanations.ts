import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { auditNightly } from "../engine/audit/report-audit"

/** Every night: recomputes a sample of the numbers that were sent. */
export default async function auditHubExplanations(container: MedusaContainer): Promise<void> {
  await auditNightly(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}

export const config = {
  name: "audit-hub-explanations",
  schedule: "41 3 * * *",
}
