import type { MedusaContainer } from "@medusajs/framework/types"
import { createConnectorRegistry, type ConnectorRegistry } from "../connectors"
import type { ConnectorDefinition } from "../connectors/define-connector"
import { findConnectorMistake } from "../lib/connector-mistake"
import type HubIntegrationConfigService from "../modules/integration-config/service"
import { HubModules } from "../types/modules"

const registries = new WeakMap<object, ConnectorRegistry>()

/** The loader of the module has refused every other form at boot. */
const isDefinition = (value: unknown): value is ConnectorDefinition => findConnectorMistake(value) === null

/** The connectors that this shop has: those of the hub and those of its plugin option `connectors`. */
export function registryOf(container: MedusaContainer): ConnectorRegistry {
  const service = container.resolve<HubIntegrationConfigService>(HubModules.INTEGRATION_CONFIG)
  const known = registries.get(service)
  if (known) {
    return known
  }
  const registry = createConnectorRegistry(service.extraConnectors.filter(isDefinition))
  registries.set(service, registry)
  return registry
}
