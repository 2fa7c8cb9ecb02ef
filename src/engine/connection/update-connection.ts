import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId } from "@medusajs/framework/utils"
import { HubError, type HubErrorKind } from "../../lib/errors"
import type { Given } from "../../lib/given-settings"
import type { QuantityRule } from "../../lib/quantity"
import type { ConnectionOperation, SetupStep } from "../../types/states"
import { givenSettings, integrationConfig, valuesOf } from "../connections"
import { splitHubSecrets } from "../hub-secrets"
import { testSettings } from "../connect"
import { markConnection } from "../mark"
import type { ConnectionRow } from "../queries/load-connection"
import { query, type Sql } from "../sql"
import { requireConnection } from "./describe-connection"
import { recordChange, type FieldChange } from "./record-change"

/** Fields of a connection that have a column of their own. What is left out stays as it is. */
export interface ConnectionPatch {
  readonly name?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly sales_channel_id?: string | null | undefined
  readonly quantity_rule?: { readonly [Name in keyof QuantityRule]?: QuantityRule[Name] | undefined } | undefined
  readonly allowed_operations?: readonly ConnectionOperation[] | undefined
  readonly request_timeout_ms?: number | null | undefined
  readonly most_attempts?: number | null | undefined
  readonly error_mapping?: Readonly<Record<string, HubErrorKind>> | undefined
  readonly daily_quota?: number | null | undefined
  readonly retention_days?: number | null | undefined
}

export interface ConnectionPlace {
  readonly stock_location_id: string
  readonly external_location_id: string
}

export interface ConnectionUpdate extends ConnectionPatch {
  /** Options of the connector, public and secret together. What is left out stays; null takes an optional one away. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  /** Only before the connection was connected for the first time. */
  readonly locations?: readonly ConnectionPlace[] | undefined
  readonly setup_step?: SetupStep | null | undefined
  /** The version that the person has seen. When it is not the stored one, nothing is changed. */
  readonly version?: number | undefined
}

const PATCHED = [
  "name",
  "tags",
  "sales_channel_id",
  "quantity_rule",
  "allowed_operations",
  "request_timeout_ms",
  "most_attempts",
  "error_mapping",
  "daily_quota",
  "retention_days",
] as const satisfies readonly (keyof ConnectionPatch)[]

const PATCH_SQL = `
  UPDATE hub_connection c SET (${[...PATCHED, "options", "setup_step"].join(", ")}) =
    (SELECT ${[...PATCHED, "options", "setup_step"].map((name) => `r.${name}`).join(", ")}
      FROM jsonb_populate_record(c, CAST(:patch AS jsonb)) r)
  WHERE c.id = :connectionId AND c.deleted_at IS NULL AND c.version = :version RETURNING c.id`

const FORGET_PLACES_SQL =
  "UPDATE hub_location_mapping SET deleted_at = clock_timestamp() WHERE connection_id = :connectionId AND deleted_at IS NULL"

const PLACES_SQL = `
  INSERT INTO hub_location_mapping (id, company_id, connection_id, stock_location_id, external_location_id)
  SELECT id, :companyId, :connectionId, stock_location_id, external_location_id
  FROM jsonb_to_recordset(CAST(:places AS jsonb)) AS p(id text, stock_location_id text, external_location_id text)`

const UNKNOWN_PLACES_SQL = `
  SELECT wanted.id FROM unnest(CAST(:ids AS text[])) AS wanted(id)
  WHERE NOT EXISTS (SELECT 1 FROM stock_location l WHERE l.id = wanted.id AND l.deleted_at IS NULL)`

const isSame = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left ?? null) === JSON.stringify(right ?? null)

/** Throws `conflict` that names the setting and the place where it is set. */
function refuseLocked(row: ConnectionRow, update: ConnectionUpdate, given: Given): void {
  const wanted = [
    ...Object.entries(update.settings ?? {}).map(([name, value]) => ({ name, value, by: given.settings.get(name) })),
    ...PATCHED.map((name) => ({ name, value: update[name], by: given.config.get(name) })),
  ]
  const locked = wanted.find(({ value, by }) => value !== undefined && by !== undefined && !isSame(value, by.value))
  if (locked?.by) {
    const { origin, where } = locked.by
    throw new HubError({
      kind: "conflict",
      message: `"${locked.name}" of ${row.name} is set by ${origin === "code" ? "code" : "the environment"} (${where}) and cannot be changed here.`,
    })
  }
}

interface TestedSettings {
  readonly options: Record<string, unknown>
  readonly secrets: Record<string, string>
  readonly changes: readonly FieldChange[]
}

/** Tests settings together with those that stay, before any of them is stored. Given ones are used, but not stored. */
async function testUpdate(
  container: MedusaContainer,
  row: ConnectionRow,
  { settings, given }: { readonly settings: Readonly<Record<string, unknown>>; readonly given: Given }
): Promise<TestedSettings> {
  const stored = splitHubSecrets(await integrationConfig(container).readSecrets(row.id, Object.keys(settings))).settings
  const tested = await testSettings(container, row.connector_id, {
    ...row.options,
    ...stored,
    ...settings,
    ...valuesOf(given),
  })
  const own = <Value>(values: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !given.settings.has(name)))
  const options = own(tested.publicOptions)
  const secrets = Object.fromEntries(
    Object.entries(own(tested.secrets)).filter(([name]) => Object.hasOwn(settings, name))
  )
  const names = new Set([...Object.keys(row.options), ...Object.keys(options)])
  return {
    options,
    secrets,
    changes: [
      ...[...names]
        .filter((name) => !isSame(row.options[name], options[name]))
        .map((field) => ({ field, from: row.options[field] ?? null, to: options[field] ?? null })),
      ...Object.keys(secrets).map((field) => ({ field, from: null, to: null })),
    ],
  }
}

async function replacePlaces(
  transaction: Sql,
  row: ConnectionRow,
  places: readonly ConnectionPlace[]
): Promise<readonly FieldChange[]> {
  if (row.connected_at !== null) {
    throw new HubError({
      kind: "conflict",
      message: `${row.name} has been connected already; its locations are changed under Listings & mapping.`,
    })
  }
  const unknown = await query<{ id: string }>(transaction, UNKNOWN_PLACES_SQL, {
    ids: places.map((place) => place.stock_location_id),
  })
  if (unknown.length > 0) {
    throw new HubError({ kind: "invalid-data", message: `There is no stock location ${unknown[0]?.id ?? ""}.` })
  }
  if (new Set(places.map((place) => place.stock_location_id)).size < places.length) {
    throw new HubError({
      kind: "invalid-data",
      message: "locations: one stock location cannot feed two places of a channel, its units would be promised twice.",
    })
  }
  await query(transaction, FORGET_PLACES_SQL, { connectionId: row.id })
  await query(transaction, PLACES_SQL, {
    companyId: row.company_id,
    connectionId: row.id,
    places: JSON.stringify(places.map((place) => ({ ...place, id: generateEntityId(undefined, "hlmap") }))),
  })
  return [{ field: "locations", from: null, to: places.map((place) => place.external_location_id) }]
}

/** What another connection has already. */
const isDuplicate = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "23505"

const fieldChanges = (row: ConnectionRow, update: ConnectionUpdate): FieldChange[] =>
  PATCHED.filter((name) => update[name] !== undefined && !isSame(update[name], row[name])).map((field) => ({
    field,
    from: row[field],
    to: update[field] ?? null,
  }))

async function store(
  sql: Sql,
  row: ConnectionRow,
  change: {
    readonly update: ConnectionUpdate
    readonly tested: TestedSettings | null
    readonly requestedBy: string | null
  }
): Promise<void> {
  const { update, tested, requestedBy } = change
  await sql.transaction(async (transaction) => {
    const changes = [...fieldChanges(row, update), ...(tested?.changes ?? [])]
    const patch = {
      ...Object.fromEntries(PATCHED.flatMap((name) => (update[name] === undefined ? [] : [[name, update[name]]]))),
      ...(tested ? { options: tested.options } : {}),
      ...(update.setup_step === undefined ? {} : { setup_step: update.setup_step }),
    }
    const patched = await query(transaction, PATCH_SQL, {
      connectionId: row.id,
      patch: JSON.stringify(patch),
      version: update.version ?? row.version,
    })
    if (patched.length === 0) {
      throw new HubError({
        kind: "conflict",
        message: `${row.name} has been changed by somebody else meanwhile (version ${row.version}). Look at it again.`,
      })
    }
    if (update.locations) {
      changes.push(...(await replacePlaces(transaction, row, update.locations)))
    }
    if (changes.length > 0) {
      await recordChange(transaction, { connectionId: row.id, kind: "settings", requestedBy, changes })
    }
  })
}

/** What changes the numbers that a connection should show: they are computed anew. */
const CHANGES_NUMBERS: readonly (keyof ConnectionUpdate)[] = ["quantity_rule", "allowed_operations"]

/**
 * Changes a connection. Settings are tested against the channel before they are stored; every change is counted and kept.
 *
 * Throws `not-found`, `conflict` for what is given by code or environment, for a name that another connection has and for a
 * version that is not the stored one, and whatever the test of the settings throws. Nothing is changed then.
 */
export async function updateConnection(
  container: MedusaContainer,
  connectionId: string,
  change: { readonly update: ConnectionUpdate; readonly requestedBy: string | null }
): Promise<void> {
  const { update, requestedBy } = change
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const row = await requireConnection(sql, connectionId)
  const given = givenSettings(container, row)
  refuseLocked(row, update, given)
  const tested = update.settings ? await testUpdate(container, row, { settings: update.settings, given }) : null
  try {
    await store(sql, row, { update, tested, requestedBy })
  } catch (error) {
    throw isDuplicate(error)
      ? new HubError({ kind: "conflict", message: `There is another connection called "${update.name ?? ""}".` })
      : error
  }
  if (tested && Object.keys(tested.secrets).length > 0) {
    await integrationConfig(container).setSecrets({
      companyId: row.company_id,
      connectionId,
      secrets: tested.secrets,
      replaceUnreadable: Object.keys(tested.secrets),
    })
  }
  if (CHANGES_NUMBERS.some((name) => update[name] !== undefined && !isSame(update[name], Reflect.get(row, name)))) {
    await markConnection(sql, connectionId)
  }
}
