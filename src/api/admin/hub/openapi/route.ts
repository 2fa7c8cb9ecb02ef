import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { HubOpenApiDocument } from "../../../../types/http/openapi"
import { describeApi } from "../../../openapi/describe-api"

export const GET = (_req: AuthenticatedMedusaRequest, res: MedusaResponse<HubOpenApiDocument>): void => {
  res.json(describeApi())
}
