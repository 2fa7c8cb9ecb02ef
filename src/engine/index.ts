/*
 * The running heart: it notices that a number may have changed, works out what every channel should show, and sees to it
 * that every channel does. Owns no data of its own: rows belong to the modules, decisions to pure functions beside the I/O.
 */
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { toFailure } from "../lib/errors"
import type HubSyncService from "../modules/sync/service"
import { HubModules } from "../types/modules"
import { Dispatcher } from "./dispatcher"
import { outboundOf } from "./outbound/outbound"
import { reportKeys } from "./keys/report-keys"

export { wakeEngine } from "./wake"

const syncService = (container: MedusaContainer): HubSyncService => container.resolve<HubSyncService>(HubModules.SYNC)

/** Starts the engine of this process unless it runs already or the options say not to. */
export function startEngine(container: MedusaContainer): void {
  const service = syncService(container)
  if (!service.engineOptions.autostart || service.engine) {
    return
  }
  // Now rather than with the first call, so that options which cannot be read are found at the start.
  outboundOf(container)
  const dispatcher = new Dispatcher(container, service.engineOptions)
  service.engine = dispatcher
  dispatcher.start()
  reportKeys(container).catch((error: unknown) => {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    logger.error(`hub: the encryption keys could not be checked: ${toFailure(error).message}`)
  })
}

/** Works off everything that may be done now, in this process. For tests and commands. */
export async function drainEngine(container: MedusaContainer): Promise<void> {
  await new Dispatcher(container, syncService(container).engineOptions).drain()
  await outboundOf(container).flush()
}
