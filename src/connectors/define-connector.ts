import type { HubFailure } from "../lib/errors"
import type { Result } from "../lib/result"
import type {
  ChannelMessage,
  ExternalListing,
  ExternalLocation,
  StockKey,
  StockObservation,
  StockWrite,
  StockWriteOutcome,
} from "../types/channel"
import type { ExternalOrder, FulfilmentPush, FulfilmentPushOutcome } from "../types/channel-order"
import type { HttpClient, HttpResponse } from "../types/http-port"
import type { LimitDeclaration, LimitUsage } from "../types/limits"
import type { OptionsDescriptor, OptionValues } from "./define-options"
import type { OAuthDefinition } from "./oauth"

/** What the engine has to know about a channel before it talks to it. */
export interface ConnectorTraits {
  /** Most writes that one call may carry. */
  readonly maxBatch: number
  /**
   * Most keys that one request of `pullStock` asks for. Where reading is dear, the hub reads no more than that at once, so that
   * a limit which is reached costs nothing that was read. Unless given, it reads several batches in a row.
   */
  readonly readBatch?: number
  /** The channel refuses a write whose `compareWith` is not what it shows. */
  readonly compareAndSet: boolean
  /** Stock is kept per location; otherwise everything lives at `"*"`. */
  readonly hasLocations: boolean
  /** After how many milliseconds an unanswered write can no longer be applied by the channel. */
  readonly lateApplyWindowMs: number
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Pass it back to read on. `null` when there is nothing more now. */
  readonly nextCursor: string | null
}

/** What `open` receives. The client keeps none of it beyond its own life. */
export interface ConnectorContext<Options> {
  /** Every option that the descriptor declares, public and secret, already validated. */
  readonly options: Options
  /** Reaches `options.base_url`, or whatever base the definition's `baseUrl` returned. */
  readonly http: HttpClient
}

/**
 * A channel that can be talked to. Which methods exist is what the connector can do: there is no second list of
 * capabilities to forget.
 *
 * Every method throws a `HubError` when the call as a whole failed. What concerns one item is a per-item outcome, in
 * the order of the input.
 */
export interface ConnectorClient {
  /** Proves that the address and the credentials work, with one cheap read. */
  check(): Promise<void>
  listLocations?(): Promise<readonly ExternalLocation[]>
  listListings?(cursor: string | null): Promise<Page<ExternalListing>>
  /**
   * Sets absolute quantities. At most `traits.maxBatch` writes; one outcome for each, in order.
   *
   * @param idempotencyKey the same for every retry of the same batch
   */
  pushStock?(writes: readonly StockWrite[], idempotencyKey: string): Promise<readonly StockWriteOutcome[]>
  /** Reads what the channel shows now. One observation for each key, in order. */
  pullStock?(keys: readonly StockKey[]): Promise<readonly StockObservation[]>
  /** Orders that were placed or changed after the cursor, oldest change first. */
  pullOrders?(cursor: string | null): Promise<Page<ExternalOrder>>
  /**
   * Orders that were placed before `before` (ISO 8601), oldest first, whatever has become of them. For the import of the past:
   * it is slow, goes on where it stopped, and changes no stock.
   */
  pullOrderHistory?(cursor: string | null, before: string): Promise<Page<ExternalOrder>>
  /**
   * Tells the channel of one parcel. A second call with the same key must not make a second parcel: where a channel knows no
   * keys, look for one with the same lines and numbers first, and answer `confirmed`.
   */
  pushFulfilment?(push: FulfilmentPush): Promise<FulfilmentPushOutcome>
  /** One order as it is now. `null` when the channel does not know it. Needed where messages name orders but do not tell them. */
  readOrder?(externalId: string): Promise<ExternalOrder | null>
  /**
   * Makes the channel send its webhooks to `url`, signed with `secret`. Calling it again adds what is missing and changes
   * nothing else. A channel that signs with a secret of its own (see `webhookSecretOptions`) ignores `secret`.
   */
  subscribe?(url: string, secret: string): Promise<void>
  /** What the channel sends, and where to. With it, the hub sees daily what is missing and subscribes again. */
  listSubscriptions?(): Promise<readonly ExternalSubscription[]>
}

/** A subscription as the channel tells it. */
export interface ExternalSubscription {
  readonly externalId: string
  /** The channel's own name of what is sent, one of `webhookTopics` where it is known. */
  readonly topic: string
  /** Null when the channel does not say where to. */
  readonly url: string | null
}

/** A raw inbound request. Header names are in lower case. */
export interface InboundRequest {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly rawBody: Buffer
}

export interface InboundContext {
  /** Every secret that may have signed the request: two while one is being rotated. */
  readonly secrets: readonly string[]
  readonly now: Date
  /** Where the channel was told to send to, for those that sign the address as well. Null or absent before it was told. */
  readonly url?: string | null
  /** Public options of the connection, for example the shop that has to stand in a header. Absent in the contract suite. */
  readonly options?: Readonly<Record<string, unknown>>
}

/** Parts of the contract that the suite of `medusa-stock-hub/testing` can try out. */
export const CONTRACT_PARTS = [
  "reading",
  "writing-stock",
  "reading-stock",
  "compare-and-set",
  "orders",
  "webhooks",
] as const

export type ContractPart = (typeof CONTRACT_PARTS)[number]

/**
 * What the contract suite found when it last passed. Kept next to the connector as data; the suite fails when it says more or
 * less than what was tried.
 */
export interface PassedContract {
  /** Version of the suite. */
  readonly suite: number
  readonly passed: readonly ContractPart[]
}

/** A connector's words in another language. What is left out is shown as it is. */
export interface ConnectorTexts {
  readonly description?: string
  readonly dependencies?: readonly string[]
  readonly guide?: readonly string[]
  /** By the name of the option. */
  readonly options?: Readonly<Record<string, { readonly label?: string; readonly help?: string }>>
}

/** What people want to know of a connector before they choose it. */
export interface ConnectorCard {
  /** Who makes it and answers for it. */
  readonly developer?: string
  readonly version?: string
  /** What has to be there for it to work, in words: a plan of the channel, an app, a package. */
  readonly dependencies?: readonly string[]
  /** Short steps that lead a person to the settings. */
  readonly guide?: readonly string[]
  /** Where there is more. */
  readonly guideUrl?: string
  readonly contract?: PassedContract
  /** By language, `de` for example. The words outside of it are English. */
  readonly translations?: Readonly<Record<string, ConnectorTexts>>
}

export interface ConnectorDefinition<Descriptor extends OptionsDescriptor = OptionsDescriptor> extends ConnectorCard {
  /** Kebab-case and permanent: it is stored in every connection. */
  readonly id: string
  readonly label: string
  readonly description: string
  readonly options: Descriptor
  /** What holds for a connection with these options. Pure. */
  traits(options: OptionValues<Descriptor>): ConnectorTraits
  /** Where requests of a connection go. */
  baseUrl(options: OptionValues<Descriptor>): string
  /**
   * How often the channel may be called. The hub keeps to it with all its processes together. Without limits it calls as
   * fast as it can, and pauses when the channel asks for it. Pure.
   */
  limits?(options: OptionValues<Descriptor>): readonly LimitDeclaration[]
  /** What an answer says about the channel's cost bucket; null when it says nothing. Pure. */
  readonly readUsage?: (response: HttpResponse) => LimitUsage | null
  open(context: ConnectorContext<OptionValues<Descriptor>>): ConnectorClient
  /**
   * Verifies the signature over the raw body and only then parses it. There is no way to skip the first half. Pure.
   *
   * Fails with `auth` for a bad, missing or stale signature and with `invalid-data` for a signed body it cannot read.
   *
   * The `eventId` of the message has to be the same on every redelivery: the hub takes each once.
   */
  parseWebhook?(request: InboundRequest, context: InboundContext): Result<ChannelMessage, HubFailure>
  /**
   * Names of secret options that sign webhooks, where the channel signs with a secret that it gave to the merchant. Without
   * them the hub makes a secret of its own and hands it to `subscribe`. A replaced one still opens messages for a while.
   */
  readonly webhookSecretOptions?: readonly (keyof Descriptor & string)[]
  /** The channel's own names of everything that has to be subscribed. The daily repair compares by them. Pure. */
  webhookTopics?(options: OptionValues<Descriptor>): readonly string[]
  /** For channels that hand out tokens. */
  readonly oauth?: OAuthDefinition<OptionValues<Descriptor>>
}

/** Declares a connector. Add it to the list in `connectors/index.ts`; the contract suite then tests it for free. */
export function defineConnector<const Id extends string, const Descriptor extends OptionsDescriptor>(
  definition: ConnectorDefinition<Descriptor> & { readonly id: Id }
): ConnectorDefinition<Descriptor> & { readonly id: Id } {
  return definition
}
