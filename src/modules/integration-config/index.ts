/*
 * Owns companies, connections and their encrypted credentials.
 * Refuses to own what a connection sells (channel-mapping) and what happened on it (sync).
 */
import { Module } from "@medusajs/framework/utils"
import { HubModules } from "../../types/modules"
import checkKeysLoader from "./loaders/check-keys"
import loadConnectorsLoader from "./loaders/load-connectors"
import HubIntegrationConfigService from "./service"

export default Module(HubModules.INTEGRATION_CONFIG, {
  service: HubIntegrationConfigService,
  loaders: [checkKeysLoader, loadConnectorsLoader],
})
