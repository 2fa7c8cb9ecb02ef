import type { ConnectorClient, ConnectorDefinition, ConnectorTraits } from "../connectors/define-connector"
import { parseOptions, type OptionsDescriptor, type OptionValues } from "../connectors/define-options"
import { createHttpClient } from "../http/http-client"
import { HubError } from "../lib/errors"
import type { HttpClient } from "../types/http-port"
import type { ConnectorHarness, FakeChannel } from "./connector-harness"

/** Longest time that a call of the suite waits for an answer, in milliseconds. */
const TIMEOUT_MS = 1_000
/** The same while the channel is silent on purpose. Long enough for a busy machine to have sent the request by then. */
const SILENCE_TIMEOUT_MS = 400

/** Fakes run on this machine, where requests may go only if somebody allows it. */
const LOOPBACK = ["127.0.0.0/8", "::1"]

/** The fake and clients to it, for the tests of one suite. */
export interface ConnectorSession {
  readonly channel: FakeChannel
  readonly client: ConnectorClient
  /** Gives up soon. For calls that are not going to be answered. */
  readonly hastyClient: ConnectorClient
  readonly strangerClient: ConnectorClient
  readonly traits: ConnectorTraits
}

export function readOptions<Descriptor extends OptionsDescriptor>(
  definition: ConnectorDefinition<Descriptor>,
  settings: Readonly<Record<string, unknown>>
): OptionValues<Descriptor> {
  const options = parseOptions(definition.options, settings)
  if (!options.ok) {
    throw new HubError(options.error)
  }
  return options.value
}

function openClient(
  definition: ConnectorDefinition,
  settings: Readonly<Record<string, unknown>>,
  timeoutMs: number
): ConnectorClient {
  const options = readOptions(definition, settings)
  const baseUrl = definition.baseUrl(options)
  return definition.open({
    options,
    http: createHttpClient({ baseUrl, timeoutMs, allowPrivateAddresses: LOOPBACK }),
  })
}

const noHttp: HttpClient = {
  request: () => Promise.reject(new HubError({ kind: "bug", message: "open() must not call the channel." })),
}

/** The methods that the connector has, found out without calling anything. */
export const methodsOf = (definition: ConnectorDefinition, harness: ConnectorHarness): ConnectorClient =>
  definition.open({ options: readOptions(definition, harness.exampleSettings), http: noHttp })

export async function openSession(
  definition: ConnectorDefinition,
  harness: ConnectorHarness
): Promise<ConnectorSession> {
  const channel = await harness.start()
  return {
    channel,
    client: openClient(definition, channel.settings, TIMEOUT_MS),
    hastyClient: openClient(definition, channel.settings, SILENCE_TIMEOUT_MS),
    strangerClient: openClient(definition, channel.wrongCredentials, TIMEOUT_MS),
    traits: definition.traits(readOptions(definition, channel.settings)),
  }
}

/** A part of the harness that a capability makes necessary. */
export function required<T>(part: T | undefined, name: string): T {
  if (part === undefined) {
    throw new Error(`The connector can do this, so its harness has to supply "${name}".`)
  }
  return part
}
