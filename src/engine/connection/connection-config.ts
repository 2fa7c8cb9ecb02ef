import { HUB_ERROR_KINDS, HubError, type HubErrorKind } from "../../lib/errors"
import type { ConfigName, Given, GivenSetting } from "../../lib/given-settings"
import { CONNECTION_OPERATIONS, type ConnectionOperation } from "../../types/states"

/** What a connection is allowed and how patient it is, as it holds now: code before environment before what is stored. */
export interface ConnectionConfig {
  readonly allowed: ReadonlySet<ConnectionOperation>
  /** Null for the engine's own. */
  readonly requestTimeoutMs: number | null
  /** Null tries for ever. */
  readonly mostAttempts: number | null
  /** Most calls a day; null for as many as the connector's limits allow. */
  readonly dailyQuota: number | null
  /** From what the channel calls a failure to what we take it for. */
  readonly errorMapping: ReadonlyMap<string, HubErrorKind>
}

/** What a number of the configuration may be, both ends included. */
export const CONFIG_RANGES = {
  request_timeout_ms: [1_000, 60_000],
  most_attempts: [1, 1_000],
  daily_quota: [1, 10_000_000],
  retention_days: [1, 90],
} as const

export interface StoredConfig {
  readonly allowed_operations: readonly string[]
  readonly request_timeout_ms: number | null
  readonly most_attempts: number | null
  readonly daily_quota: number | null
  readonly error_mapping: Readonly<Record<string, unknown>> | null
}

/** For the tests of settings that are not stored yet, and for a connector's own read: everything is allowed. */
export const FREE_CONFIG: ConnectionConfig = {
  allowed: new Set(CONNECTION_OPERATIONS),
  requestTimeoutMs: null,
  mostAttempts: null,
  dailyQuota: null,
  errorMapping: new Map(),
}

const isOperation = (name: unknown): name is ConnectionOperation =>
  CONNECTION_OPERATIONS.some((operation) => operation === name)

const isKind = (kind: unknown): kind is HubErrorKind => HUB_ERROR_KINDS.some((known) => known === kind)

const refuse = (setting: GivenSetting, what: string): never => {
  throw new HubError({ kind: "invalid-data", message: `${setting.where} must be ${what}.` })
}

function givenNumber(name: Exclude<ConfigName, "allowed_operations">, given: Given): number | undefined {
  const setting = given.config.get(name)
  if (!setting) {
    return undefined
  }
  const [least, most] = CONFIG_RANGES[name]
  const { value } = setting
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most
    ? value
    : refuse(setting, `a whole number from ${least} to ${most} for ${name}`)
}

function givenOperations(given: Given): readonly ConnectionOperation[] | undefined {
  const setting = given.config.get("allowed_operations")
  if (!setting) {
    return undefined
  }
  const { value } = setting
  return Array.isArray(value) && value.every(isOperation)
    ? value
    : refuse(setting, `a list of ${CONNECTION_OPERATIONS.join(", ")} for allowed_operations`)
}

/** The configuration that holds. Throws `invalid-data` that names the place of a given value that cannot be used. */
export function resolveConfig(stored: StoredConfig, given: Given): ConnectionConfig {
  return {
    allowed: new Set(givenOperations(given) ?? stored.allowed_operations.filter(isOperation)),
    requestTimeoutMs: givenNumber("request_timeout_ms", given) ?? stored.request_timeout_ms,
    mostAttempts: givenNumber("most_attempts", given) ?? stored.most_attempts,
    dailyQuota: givenNumber("daily_quota", given) ?? stored.daily_quota,
    errorMapping: new Map(
      Object.entries(stored.error_mapping ?? {}).flatMap(([code, kind]): [string, HubErrorKind][] =>
        isKind(kind) ? [[code, kind]] : []
      )
    ),
  }
}
