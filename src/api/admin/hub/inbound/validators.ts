import { z } from "@medusajs/framework/zod"
import { INBOUND_STATES, INBOUND_TOPICS, REPLAYABLE_STATES } from "../../../../types/states"

const CURSOR = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z_\w+$/

export const AdminGetHubInbound = z.strictObject({
  connection_id: z.string().optional(),
  state: z.enum(INBOUND_STATES).optional(),
  topic: z.enum(INBOUND_TOPICS).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  /** Exactly an order's number, a listing's id on the channel, or the channel's id of a message. */
  search: z.string().min(1).max(200).optional(),
  cursor: z.string().regex(CURSOR, "A cursor is what next_cursor said.").optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

export type AdminGetHubInboundType = z.infer<typeof AdminGetHubInbound>

export const AdminReplayHubInbound = z
  .strictObject({
    /** These messages. Without them: those of the filter. */
    ids: z.array(z.string().min(1)).min(1).max(500).optional(),
    filter: z
      .strictObject({
        connection_id: z.string().min(1).optional(),
        state: z.enum(REPLAYABLE_STATES).optional(),
        topic: z.enum(INBOUND_TOPICS).optional(),
        since: z.iso.datetime({ offset: true }).optional(),
        until: z.iso.datetime({ offset: true }).optional(),
      })
      .optional(),
    /** Only say what it would do. */
    dry_run: z.boolean().default(false),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    message: "Say which messages: either ids or filter.",
  })

export type AdminReplayHubInboundType = z.infer<typeof AdminReplayHubInbound>
