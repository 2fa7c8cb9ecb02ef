import type { MedusaContainer } from "@medusajs/framework/types"
import type HubIntegrationConfigService from "../modules/integration-config/service"
import { HubModules } from "../types/modules"

/** Companies, connections and their credentials. */
export const integrationConfig = (container: MedusaContainer): HubIntegrationConfigService =>
  container.resolve<HubIntegrationConfigService>(HubModules.INTEGRATION_CONFIG)
