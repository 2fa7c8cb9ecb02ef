import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { ConnectorDefinition } from "../../connectors/define-connector"
import { parseOptions } from "../../connectors/define-options"
import { mayHappen } from "../../lib/connection-state"
import { HUB_ERROR_KINDS, HubError, type HubErrorKind } from "../../lib/errors"
import type { Given } from "../../lib/given-settings"
import type { HubConnectionDetail, HubConnectionHealth, HubConnectionLimit } from "../../types/http/connection"
import type { LimitDeclaration } from "../../types/limits"
import { CONNECTION_OPERATIONS, PERSONAL_CONNECTION_EVENTS } from "../../types/states"
import { givenSettings, valuesOf } from "../connections"
import {
  loadBuckets,
  loadConnectionCounts,
  loadConnectionRow,
  loadPlaces,
  type BucketRow,
  type ConnectionRow,
} from "../queries/load-connection"
import { registryOf } from "../registry"
import type { Sql } from "../sql"
import { resolveConfig, type ConnectionConfig } from "./connection-config"

/** Throws `not-found` that names the id. */
export async function requireConnection(sql: Sql, connectionId: string): Promise<ConnectionRow> {
  const row = await loadConnectionRow(sql, connectionId)
  if (!row) {
    throw new HubError({ kind: "not-found", message: `There is no connection ${connectionId}.` })
  }
  return row
}

/** A draft may not have what its limits are made of. */
function limitsOf(
  definition: ConnectorDefinition | null,
  settings: Readonly<Record<string, unknown>>,
  config: ConnectionConfig
): readonly LimitDeclaration[] {
  const own: readonly LimitDeclaration[] =
    config.dailyQuota === null
      ? []
      : [{ kind: "daily-quota", name: "own-quota", perDay: config.dailyQuota, resetOffsetMinutes: 0 }]
  const publicOnly = definition
    ? Object.fromEntries(
        Object.entries(definition.options).map(([name, option]) => [name, option.public ? settings[name] : "x"])
      )
    : {}
  const options = definition ? parseOptions(definition.options, publicOnly) : null
  return [...(options?.ok ? (definition?.limits?.(options.value) ?? []) : []), ...own]
}

function toLimit(limit: LimitDeclaration, buckets: readonly BucketRow[]): HubConnectionLimit {
  const bucket = buckets.find(({ bucket: name }) => name === limit.name)
  const isToday = limit.kind === "daily-quota" && bucket?.state.day === bucket?.today
  return {
    name: limit.name,
    kind: limit.kind,
    per_second: limit.kind === "daily-quota" ? null : limit.kind === "adaptive" ? limit.maxPerSecond : limit.perSecond,
    per_day: limit.kind === "daily-quota" ? limit.perDay : null,
    used_today: limit.kind === "daily-quota" ? (isToday ? (bucket?.state.used ?? 0) : 0) : null,
    paused_until: bucket?.not_before ?? null,
  }
}

const toHealth = (row: ConnectionRow, limits: HubConnectionLimit[]): HubConnectionHealth => ({
  checked_at: row.checked_at,
  took_ms: row.check_ms,
  failure: row.check_failure,
  breaker: row.breaker_state ?? "closed",
  failure_count: row.failure_count ?? 0,
  not_before: row.not_before,
  not_before_reason: row.not_before_reason,
  guard: row.guard_state ?? "watching",
  limits,
})

const isKind = (kind: string): kind is HubErrorKind => HUB_ERROR_KINDS.some((known) => known === kind)

const lockedBy = (given: Given): HubConnectionDetail["locked"] =>
  Object.fromEntries([...given.settings, ...given.config].map(([name, { origin, where }]) => [name, { origin, where }]))

/** Public settings only. A given secret is known by its lock, never by its value. */
function publicSettings(
  row: ConnectionRow,
  given: Given,
  definition: ConnectorDefinition | null
): Record<string, unknown> {
  const all: Record<string, unknown> = { ...row.options, ...valuesOf(given) }
  return Object.fromEntries(Object.entries(all).filter(([name]) => definition?.options[name]?.public ?? false))
}

/** Everything that the page of a connection shows. Throws `not-found`. */
export async function describeConnection(
  container: MedusaContainer,
  connectionId: string
): Promise<HubConnectionDetail> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const row = await requireConnection(sql, connectionId)
  const [counts, places, buckets] = await Promise.all([
    loadConnectionCounts(sql, connectionId),
    loadPlaces(sql, connectionId),
    loadBuckets(sql, connectionId),
  ])
  const registry = registryOf(container)
  const definition = registry.has(row.connector_id) ? registry.get(row.connector_id) : null
  const given = givenSettings(container, row)
  const config = resolveConfig(row, given)
  const settings = publicSettings(row, given, definition)
  const limits = limitsOf(definition, settings, config).map((limit) => toLimit(limit, buckets))
  return {
    id: row.id,
    name: row.name,
    connector_id: row.connector_id,
    connector_label: definition?.label ?? row.connector_id,
    state: row.state,
    state_reason: row.state_reason,
    write_mode: row.write_mode,
    version: row.version,
    tags: row.tags,
    sales_channel_id: row.sales_channel_id,
    sales_channel_name: row.sales_channel_name,
    settings,
    quantity_rule: row.quantity_rule,
    allowed_operations: CONNECTION_OPERATIONS.filter((operation) => config.allowed.has(operation)),
    request_timeout_ms: config.requestTimeoutMs,
    most_attempts: config.mostAttempts,
    error_mapping: Object.fromEntries(
      Object.entries(row.error_mapping).flatMap(([code, kind]) => (isKind(kind) ? [[code, kind]] : []))
    ),
    order_rules: row.order_rules,
    daily_quota: config.dailyQuota,
    retention_days: row.retention_days,
    locked: lockedBy(given),
    setup_step: row.setup_step,
    connected_at: row.connected_at,
    created_at: row.created_at,
    possible_events: PERSONAL_CONNECTION_EVENTS.filter((event) => mayHappen(row.state, event)),
    is_deletable: row.state === "draft" && row.connected_at === null,
    places,
    counts,
    health: toHealth(row, limits),
    oldest_pending_seconds: row.oldest_pending_seconds,
    latency_p50_ms: row.latency_p50_ms,
    latency_p95_ms: row.latency_p95_ms,
  }
}
