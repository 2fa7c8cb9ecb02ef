/*
 * What somebody needs who writes a connector in a package of their own, exported as `medusa-stock-hub/connector`. It pulls in
 * neither Medusa nor the engine.
 */
export { HubError, type HubErrorKind, type HubFailure } from "../lib/errors"
export { OutcomeUnknownError } from "../lib/outcome-unknown"
export { err, ok, type Result } from "../lib/result"
export type {
  ChannelMessage,
  ExternalListing,
  ExternalLocation,
  StockKey,
  StockObservation,
  StockWrite,
  StockWriteOutcome,
} from "../types/channel"
export type {
  ExternalAddress,
  ExternalCustomer,
  ExternalDiscount,
  ExternalFulfilment,
  ExternalOrder,
  ExternalOrderLine,
  ExternalOrderTotals,
  ExternalRefund,
  ExternalRefundLine,
  ExternalShippingLine,
  ExternalTax,
  FulfilmentPush,
  FulfilmentPushOutcome,
  ParcelTracking,
} from "../types/channel-order"
export type { HttpClient, HttpRequest, HttpResponse } from "../types/http-port"
export { ANY_LOCATION, type ExternalListingId, type ExternalLocationId } from "../types/ids"
export { defineConnector } from "./define-connector"
export type {
  ConnectorClient,
  ConnectorContext,
  ConnectorDefinition,
  ConnectorTraits,
  ExternalSubscription,
  InboundContext,
  InboundRequest,
  Page,
} from "./define-connector"
export type { OptionsDescriptor, OptionValues } from "./define-options"
export type { AuthorizeRequest, OAuthDefinition, OAuthGrantKind, OAuthTokens, TokenAsk } from "./oauth"
