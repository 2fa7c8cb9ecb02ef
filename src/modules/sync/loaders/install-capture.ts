import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { HubOptions } from "../../../types/options"
import { installCapture, removeCapture } from "../capture/install-capture"

/** Brings the capture triggers in line with the plugin's options. Never stops a boot: without them the sweep carries on. */
export default async function installCaptureLoader({ container, options, logger }: LoaderOptions): Promise<void> {
  const { capture = "trigger" } = (options ?? {}) as HubOptions
  const knex = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  try {
    if (capture === "trigger") {
      await installCapture(knex)
    } else {
      await removeCapture(knex)
    }
  } catch (error) {
    logger?.warn(
      `hub: the stock capture trigger could not be ${capture === "trigger" ? "installed" : "removed"} ` +
        `(${error instanceof Error ? error.message : String(error)}). ` +
        `Changes are found by events and by the sweep within a minute. Restart to try again.`
    )
  }
}
