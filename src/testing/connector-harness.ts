import type { ChannelMessage, StockKey } from "../types/channel"

/** How a fake channel is to answer from now on. */
export type Misbehaviour =
  | "none"
  /** 429, or whatever the channel says when it is called too often. */
  | "rate-limited"
  /** 500 without having done anything. */
  | "server-error"
  /** The request is taken and never answered. */
  | "silence"
  /** The request is carried out and the connection is cut instead of an answer. */
  | "lost-answer"
  /** A success whose body is not what the channel's documentation promises. */
  | "malformed"

/** What the suite needs to know of a fake that keeps stock. */
export interface FakeStock {
  /** At least two different places that may be written. */
  readonly keys: readonly [StockKey, StockKey, ...StockKey[]]
  /** A place that does not exist: a write to it is refused while the others of its batch are not. */
  readonly missingKey: StockKey
  /** What the channel shows, read past the connector. */
  readonly shown: (key: StockKey) => Promise<number | null>
  /** Changes it behind the connector's back. */
  readonly show: (key: StockKey, quantity: number) => Promise<void>
}

/** A running fake of the channel: the simulator, or a server that plays recorded answers. */
export interface FakeChannel {
  /** Options of a connection to it, as a merchant would enter them. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The same with credentials that the channel refuses. */
  readonly wrongCredentials: Readonly<Record<string, unknown>>
  /** Every text that must appear in no error, failure or result. */
  readonly secrets: readonly string[]
  readonly misbehave: (how: Misbehaviour) => Promise<void>
  /** Needed if the connector lists listings: all ids there are, enough for more than one page. */
  readonly listingIds?: readonly string[]
  /** Needed if the connector pushes or pulls stock. */
  readonly stock?: FakeStock
  /** Needed if the connector pulls orders: makes the channel sell something. Resolves to the order's external id. */
  readonly placeOrder?: () => Promise<string>
  readonly stop: () => Promise<void>
}

export interface WebhookSample {
  readonly name: string
  readonly rawBody: Buffer
  readonly topic: ChannelMessage["topic"]
}

/** Needed if the connector parses webhooks: how the channel signs. */
export interface WebhookHarness {
  readonly secret: string
  readonly otherSecret: string
  readonly samples: readonly [WebhookSample, ...WebhookSample[]]
  /** After this many milliseconds a signature is too old, or `null` for a channel that does not sign the time. */
  readonly staleAfterMs: number | null
  /** The headers that the channel would send, names in lower case. */
  readonly sign: (rawBody: Buffer, secret: string, signedAt: Date) => Readonly<Record<string, string>>
}

/** What a connector's own test hands to `testConnector`. */
export interface ConnectorHarness {
  /**
   * Options in the right form, of which nothing is called: the suite opens a client with them only to see which methods
   * it has, because those are what the connector can do.
   */
  readonly exampleSettings: Readonly<Record<string, unknown>>
  /** Starts the fake. Called once; `stop` is called when the suite has ended. */
  readonly start: () => Promise<FakeChannel>
  readonly webhook?: WebhookHarness
}
