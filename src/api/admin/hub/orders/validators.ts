import { z } from "@medusajs/framework/zod"
import { CHANNEL_ORDER_FILTERS } from "../../../../types/http/orders"

export const AdminGetHubOrders = z.strictObject({
  filter: z.enum(CHANNEL_ORDER_FILTERS).default("all"),
  connection_id: z.string().min(1).max(255).optional(),
  /** Id of the last order of the page before. */
  cursor: z.string().min(1).max(255).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type AdminGetHubOrdersType = z.infer<typeof AdminGetHubOrders>
