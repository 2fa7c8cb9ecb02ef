import type { MedusaContainer } from "@medusajs/framework/types"
import type HubSyncService from "../modules/sync/service"
import { HubModules } from "../types/modules"

/** Tells the engine of this process, if it has one, that there is work. */
export function wakeEngine(container: MedusaContainer): void {
  container.resolve<HubSyncService>(HubModules.SYNC).engine?.wake()
}
