import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { requireConnection } from "../../../../../../../engine/connection/describe-connection"
import { previewCsv } from "../../../../../../../engine/queries/preview-csv"

/** Every number that going live would write, as a file for a spreadsheet. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { id, name } = await requireConnection(sql, req.params.id ?? "")
  const file = `preview-${name.replace(/[^A-Za-z0-9]+/g, "-")}.csv`
  res.setHeader("content-type", "text/csv; charset=utf-8")
  res.setHeader("content-disposition", `attachment; filename="${file}"`)
  for await (const lines of previewCsv(sql, id)) {
    res.write(lines)
  }
  res.end()
}
