import type { ConnectionOperation } from "./states"

/** What a merchant may pass to the plugin in `medusa-config.ts`. Every part has a default. */
export interface HubOptions {
  /**
   * Key ring for credentials: `"id:base64,id:base64"`. The first encrypts, all decrypt. Each key is 32 random bytes.
   * Without it the app runs, but no connection can be made: every connection has at least the secret of its webhooks.
   */
  readonly encryption_keys?: string
  /**
   * `trigger` notices every stock change inside the database, whoever made it; `events` relies on Medusa's events and the
   * sweep alone.
   */
  readonly capture?: "trigger" | "events"
  readonly engine?: Partial<EngineOptions>
  /**
   * Connectors that do not come with the hub: definitions made with `defineConnector`, or paths of modules that export one
   * (`"my-connector"`, `"./src/my-connector"`). A bad one stops the boot and says why.
   */
  readonly connectors?: readonly (string | object)[]
  /** Settings of connections, by name or id. What stands here wins over the environment and over what is stored. */
  readonly connections?: Readonly<Record<string, GivenConnection>>
}

/** Settings of one connection that are given in code. Nobody can change them in the admin. */
export interface GivenConnection {
  /** Options of its connector, public and secret, by name. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>
  readonly request_timeout_ms?: number
  readonly most_attempts?: number
  readonly daily_quota?: number
  readonly allowed_operations?: readonly ConnectionOperation[]
}

export interface EngineOptions {
  /** The drain loop starts with the first tick of the job `hub-drain`. Tests turn it off and drain by hand. */
  readonly autostart: boolean
  /** How often an idle engine looks for work, in milliseconds. */
  readonly poll_interval_ms: number
  /** Longest time that one request to a channel may take, in milliseconds. */
  readonly request_timeout_ms: number
  /**
   * How long a claim may take to become a call, in milliseconds. A claim that is older is given back, or its lease could end
   * before the call does.
   */
  readonly claim_to_call_ms: number
  /** Inbound orders that are worked on at the same time. Keep it below a quarter of the database pool. */
  readonly order_concurrency: number
  /**
   * Addresses that requests may go to although they are not public: `10.1.2.3`, `10.1.0.0/16`, or a host name, which stands
   * for whatever it leads to. Empty unless given, so that nobody can reach your network by adding a connection.
   */
  readonly allow_private_addresses: readonly string[]
}

export const DEFAULT_ENGINE_OPTIONS: EngineOptions = {
  autostart: true,
  poll_interval_ms: 100,
  request_timeout_ms: 15_000,
  claim_to_call_ms: 5_000,
  order_concurrency: 4,
  allow_private_addresses: [],
}
