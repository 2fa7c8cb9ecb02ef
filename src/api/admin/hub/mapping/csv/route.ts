import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { exportMappingCsv } from "../../../../../engine/mapping/mapping-csv"
import { toListingFilter } from "../../listings/validators"
import type { AdminExportHubMappingType } from "../validators"

const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t" } as const

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminExportHubMappingType>,
  res: MedusaResponse
): Promise<void> => {
  const { delimiter, ...filter } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.setHeader("content-type", "text/csv; charset=utf-8")
  res.setHeader("content-disposition", 'attachment; filename="hub-mapping.csv"')
  for await (const piece of exportMappingCsv(sql, toListingFilter(filter), DELIMITERS[delimiter])) {
    res.write(piece)
  }
  res.end()
}
