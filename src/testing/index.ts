/*
 * Contract suites for people who write their own connector, exported as `medusa-stock-hub/testing`. They use Jest's
 * globals and import nothing of it.
 */
export type {
  ConnectorHarness,
  FakeChannel,
  FakeStock,
  Misbehaviour,
  WebhookHarness,
  WebhookSample,
} from "./connector-harness"
export { testConnector } from "./test-connector"
