import { z } from "@medusajs/framework/zod"
import { LISTING_LINK_STATES, LISTING_STATES } from "../../../../types/states"

export const AdminGetHubListings = z.strictObject({
  connection_id: z.string().optional(),
  state: z.enum([...LISTING_STATES, "unlinked", "ignored"]).optional(),
  q: z.string().trim().min(1).max(100).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type AdminGetHubListingsType = z.infer<typeof AdminGetHubListings>

export const AdminBatchHubListings = z.strictObject({
  update: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        variant_id: z.string().nullable().optional(),
        link_state: z.enum(LISTING_LINK_STATES).optional(),
        pack_size: z.int().min(1).max(1_000_000).optional(),
      })
    )
    .min(1)
    .max(1_000),
})

export type AdminBatchHubListingsType = z.infer<typeof AdminBatchHubListings>
