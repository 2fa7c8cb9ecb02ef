import { z } from "@medusajs/framework/zod"
import { HUB_ERROR_KINDS } from "../../../../lib/errors"
import { CONNECTION_OPERATIONS, PERSONAL_CONNECTION_EVENTS, SETUP_STEPS, WRITE_MODES } from "../../../../types/states"

const count = z.int().min(0)
const name = z.string().trim().min(1).max(100)
const tags = z.array(z.string().trim().min(1).max(40)).max(20)
const operations = z.array(z.enum(CONNECTION_OPERATIONS)).max(CONNECTION_OPERATIONS.length)
const locations = z
  .array(z.strictObject({ stock_location_id: z.string().min(1), external_location_id: z.string().min(1).default("*") }))
  .min(1)
  .max(1_000)
const settings = z.record(z.string(), z.unknown())

export const HubQuantityRule = z.strictObject({
  buffer: count.optional(),
  minimum: count.optional(),
  cap: count.nullable().optional(),
  sharePercent: count.max(100).nullable().optional(),
  backorderQuantity: count.nullable().optional(),
  unmanagedQuantity: count.nullable().optional(),
  assembleAcrossLocations: z.boolean().optional(),
})

/** Without settings it becomes a draft that is completed later, for example by the wizard. */
export const AdminCreateHubConnection = z.strictObject({
  name,
  connector_id: z.string().min(1),
  /** Public and secret settings together; which is which, the connector knows. */
  settings: settings.optional(),
  sales_channel_id: z.string().nullable().default(null),
  locations: locations.optional(),
  quantity_rule: HubQuantityRule.default({}),
  /** What is not named here is not done. */
  allowed_operations: operations.default([]),
  tags: tags.default([]),
})

export type AdminCreateHubConnectionType = z.infer<typeof AdminCreateHubConnection>

/** What is left out stays as it is. */
export const AdminUpdateHubConnection = z.strictObject({
  name: name.optional(),
  tags: tags.optional(),
  /** Tested against the channel together with those that stay, before anything is stored. */
  settings: settings.optional(),
  sales_channel_id: z.string().nullable().optional(),
  /** Only before the connection was connected for the first time. */
  locations: locations.optional(),
  quantity_rule: HubQuantityRule.optional(),
  allowed_operations: operations.optional(),
  request_timeout_ms: z.int().min(1_000).max(60_000).nullable().optional(),
  most_attempts: z.int().min(1).max(1_000).nullable().optional(),
  /** From what the channel calls a failure to what it is to be taken for. */
  error_mapping: z.record(z.string().min(1).max(100), z.enum(HUB_ERROR_KINDS)).optional(),
  daily_quota: z.int().min(1).max(10_000_000).nullable().optional(),
  retention_days: z.int().min(1).max(90).nullable().optional(),
  setup_step: z.enum(SETUP_STEPS).nullable().optional(),
  /** The version that was seen; another one stored means that somebody else was faster. */
  version: z.int().min(1).optional(),
})

export type AdminUpdateHubConnectionType = z.infer<typeof AdminUpdateHubConnection>

export const AdminMoveHubConnection = z.strictObject({
  event: z.enum(PERSONAL_CONNECTION_EVENTS),
  /** Why, for whoever asks later. */
  reason: z.string().trim().min(1).max(300).nullable().default(null),
})

export type AdminMoveHubConnectionType = z.infer<typeof AdminMoveHubConnection>

export const AdminTestHubConnection = z.strictObject({
  /** Used instead of the stored ones, and not stored. */
  settings: settings.default({}),
})

export type AdminTestHubConnectionType = z.infer<typeof AdminTestHubConnection>

export const AdminDisconnectHubConnection = z.strictObject({
  /** `leave` keeps what the channel shows; `zero` sets every linked listing to nothing first, by a run. */
  quantities: z.enum(["leave", "zero"]),
})

export type AdminDisconnectHubConnectionType = z.infer<typeof AdminDisconnectHubConnection>

export const AdminGetHubTimeline = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z\|\w+$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

export type AdminGetHubTimelineType = z.infer<typeof AdminGetHubTimeline>

export const AdminUpdateHubWriteMode = z.strictObject({ write_mode: z.enum(WRITE_MODES) })

export type AdminUpdateHubWriteModeType = z.infer<typeof AdminUpdateHubWriteMode>

export const AdminConnectHubConnection = z.strictObject({
  /** Address under which the channel reaches this server; by default the one that this request came to. */
  backend_url: z.url({ protocol: /^https?$/ }).optional(),
})

export const AdminAuthorizeHubConnection = z.strictObject({
  /** Address under which the channel's page reaches this server; by default the one that this request came to. */
  backend_url: z.url({ protocol: /^https?$/ }).optional(),
  /** The page of the admin that the person comes from, and goes back to. */
  return_to: z.url({ protocol: /^https?$/ }).optional(),
})

export type AdminAuthorizeHubConnectionType = z.infer<typeof AdminAuthorizeHubConnection>

export type AdminConnectHubConnectionType = z.infer<typeof AdminConnectHubConnection>

export const AdminReplaceHubCredentials = z.strictObject({
  secrets: z.record(z.string(), z.string().min(1)),
  /** Names of stored secrets that may be replaced although the encryption keys cannot open them. */
  replace_unreadable: z.array(z.string()).default([]),
})

export type AdminReplaceHubCredentialsType = z.infer<typeof AdminReplaceHubCredentials>
