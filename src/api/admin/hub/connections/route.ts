import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { storeSecrets } from "../../../../engine/connect"
import { testNewSettings } from "../../../../engine/connection/test-connection"
import { loadConnectionSummaries } from "../../../../engine/queries/load-overview"
import type { QuantityRule } from "../../../../lib/quantity"
import type { HubConnectionSummary } from "../../../../types/http/hub"
import { createHubConnectionWorkflow } from "../../../../workflows/connection/workflows/create-hub-connection"
import type { AdminCreateHubConnectionType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<{ connections: HubConnectionSummary[] }>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ connections: await loadConnectionSummaries(sql) })
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminCreateHubConnectionType>,
  res: MedusaResponse
): Promise<void> => {
  const { settings, quantity_rule: rule, locations = [], ...body } = req.validatedBody
  const { publicOptions, secrets } = await testNewSettings(req.scope, { ...body, settings })
  const { result: connection } = await createHubConnectionWorkflow(req.scope).run({
    input: {
      ...body,
      locations,
      options: publicOptions,
      quantity_rule: JSON.parse(JSON.stringify(rule)) as Partial<QuantityRule>,
      setup_step: settings === undefined ? "settings" : locations.length === 0 ? "places" : null,
    },
  })
  await storeSecrets(req.scope, connection, secrets)
  res.status(201).json({ connection })
}
