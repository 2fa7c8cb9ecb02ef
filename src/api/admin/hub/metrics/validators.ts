import { z } from "@medusajs/framework/zod"

export const AdminGetHubMetrics = z.strictObject({
  period: z.enum(["1h", "24h", "7d", "30d"]).default("24h"),
  connection_id: z.string().min(1).max(255).optional(),
})

export type AdminGetHubMetricsType = z.infer<typeof AdminGetHubMetrics>

export const AdminGetHubActivity = z.strictObject({
  connection_id: z.string().min(1).max(255).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

export type AdminGetHubActivityType = z.infer<typeof AdminGetHubActivity>
