import { z } from "@medusajs/framework/zod"

export const AdminGetHubOverview = z.strictObject({
  /** Only changes caused at or after it count for the latency. */
  since: z.iso.datetime().optional(),
})

export type AdminGetHubOverviewType = z.infer<typeof AdminGetHubOverview>
