import { z } from "@medusajs/framework/zod"
import { HUB_PRESETS } from "../../../../types/access"

export const AdminGetHubAccess = z.strictObject({
  /** Id of the last subject of the page before. */
  cursor: z.string().max(255).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})

export type AdminGetHubAccessType = z.infer<typeof AdminGetHubAccess>

export const AdminGrantHubAccess = z.strictObject({
  /** Null takes the grant away. */
  preset: z.enum(HUB_PRESETS).nullable(),
})

export type AdminGrantHubAccessType = z.infer<typeof AdminGrantHubAccess>
