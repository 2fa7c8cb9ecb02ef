import { z } from "@medusajs/framework/zod"
import { WRITE_MODES } from "../../../../types/states"

const count = z.int().min(0)

export const HubQuantityRule = z.strictObject({
  buffer: count.optional(),
  minimum: count.optional(),
  cap: count.nullable().optional(),
  sharePercent: count.max(100).nullable().optional(),
  backorderQuantity: count.nullable().optional(),
  unmanagedQuantity: count.nullable().optional(),
  assembleAcrossLocations: z.boolean().optional(),
})

export const AdminCreateHubConnection = z.strictObject({
  name: z.string().trim().min(1).max(100),
  connector_id: z.string().min(1),
  /** Public and secret settings together; which is which, the connector knows. */
  settings: z.record(z.string(), z.unknown()),
  sales_channel_id: z.string().nullable().default(null),
  locations: z
    .array(
      z.strictObject({ stock_location_id: z.string().min(1), external_location_id: z.string().min(1).default("*") })
    )
    .min(1),
  quantity_rule: HubQuantityRule.default({}),
})

export const AdminUpdateHubWriteMode = z.strictObject({ write_mode: z.enum(WRITE_MODES) })

export type AdminUpdateHubWriteModeType = z.infer<typeof AdminUpdateHubWriteMode>

export type AdminCreateHubConnectionType = z.infer<typeof AdminCreateHubConnection>

export const AdminConnectHubConnection = z.strictObject({
  /** Address under which the channel reaches this server; by default the one that this request came to. */
  backend_url: z.url().optional(),
})

export type AdminConnectHubConnectionType = z.infer<typeof AdminConnectHubConnection>

export const AdminReplaceHubCredentials = z.strictObject({
  secrets: z.record(z.string(), z.string().min(1)),
  /** Names of stored secrets that may be replaced although the encryption keys cannot open them. */
  replace_unreadable: z.array(z.string()).default([]),
})

export type AdminReplaceHubCredentialsType = z.infer<typeof AdminReplaceHubCredentials>
