import { z } from "@medusajs/framework/zod"
import { RUN_KINDS, RUN_STATES } from "../../../../types/states"

export const AdminGetHubRuns = z.strictObject({
  connection_id: z.string().optional(),
  kind: z.enum(RUN_KINDS).optional(),
  state: z.enum(RUN_STATES).optional(),
  /** Id of the last run of the page before. */
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export type AdminGetHubRunsType = z.infer<typeof AdminGetHubRuns>

export const AdminCreateHubRun = z.strictObject({
  kind: z.enum(RUN_KINDS),
  connection_id: z.string().min(1).nullable().default(null),
  scope: z
    .strictObject({
      listing_ids: z.array(z.string().min(1)).min(1).max(1_000).optional(),
      sku: z.string().min(1).max(200).optional(),
      run_id: z.string().min(1).optional(),
      snapshot_id: z.string().min(1).optional(),
    })
    .default({}),
})

export type AdminCreateHubRunType = z.infer<typeof AdminCreateHubRun>
