import { HubError } from "../lib/errors"
import type { ConnectorDefinition } from "./define-connector"
import { shopifyConnector } from "./shopify"
import { simulatorConnector } from "./simulator"

/** THE list: a connector that stands here exists, in the engine, in the admin, in the docs and in the tests. */
export const connectors = [simulatorConnector, shopifyConnector] as const satisfies readonly ConnectorDefinition[]

/** Ids of the connectors that ship with the hub. Others may be added to a registry. */
export type ConnectorId = (typeof connectors)[number]["id"]

export const connectorIds: readonly ConnectorId[] = connectors.map(({ id }) => id)

export interface ConnectorRegistry {
  /** In the order in which they were registered. */
  readonly definitions: readonly ConnectorDefinition[]
  has(id: string): boolean
  /** Throws a `not-found` HubError that names the connectors there are. */
  get(id: string): ConnectorDefinition
}

/**
 * Looks connectors up by id: the built-in ones, and those that a merchant brings along.
 *
 * Throws an `invalid-data` HubError if two share an id: connections are stored under it, so neither may win in silence.
 */
export function createConnectorRegistry(extra: readonly ConnectorDefinition[] = []): ConnectorRegistry {
  const definitions: readonly ConnectorDefinition[] = [...connectors, ...extra]
  const byId = new Map(definitions.map((definition) => [definition.id, definition]))
  if (byId.size < definitions.length) {
    const twice = definitions.find(({ id }, index) => definitions.findIndex((other) => other.id === id) < index)
    throw new HubError({ kind: "invalid-data", message: `Two connectors are called "${twice?.id}". Rename one.` })
  }
  return {
    definitions,
    has: (id) => byId.has(id),
    get: (id) => {
      const definition = byId.get(id)
      if (!definition) {
        const known = [...byId.keys()].join(", ")
        throw new HubError({ kind: "not-found", message: `There is no connector "${id}". Known connectors: ${known}.` })
      }
      return definition
    },
  }
}

const builtIn = createConnectorRegistry()

/** The connectors that ship with the hub. Never changes. */
export const connectorRegistry = (): ConnectorRegistry => builtIn
