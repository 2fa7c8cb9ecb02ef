import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { openConnection } from "../../../engine/connections"
import { importListings } from "../../../engine/listings/import-listings"
import { markConnectionUnknown } from "../../../engine/mark"
import { finishRun, startRun } from "../../../engine/runs/finish-run"
import { toFailure } from "../../../lib/errors"

export interface FetchHubListingsStepInput {
  readonly connection_id: string
}

/**
 * This step reads every listing of the channel, links those whose SKU is one of ours, and forgets what the channel accepted
 * before: since then anybody may have changed it. What it wrote stays when a later
 * step fails: reading again changes nothing. Class: none.
 */
export const fetchHubListingsStep = createStep(
  "fetch-hub-listings",
  async (input: FetchHubListingsStepInput, { container }) => {
    const sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const connection = await openConnection(container, input.connection_id)
    const runId = await startRun(sql, {
      companyId: connection.companyId,
      connectionId: connection.id,
      kind: "import-listings",
    })
    try {
      const report = await importListings(sql, connection)
      await markConnectionUnknown(sql, connection.id)
      await finishRun(sql, runId, {
        total: report.total,
        succeeded: report.linked,
        skipped: report.total - report.linked,
        failed: 0,
      })
      return new StepResponse(report)
    } catch (error) {
      await finishRun(sql, runId, { total: 0, succeeded: 0, skipped: 0, failed: 0, error: toFailure(error).message })
      throw error
    }
  }
)
