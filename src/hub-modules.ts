import { HubModules } from "./types/modules"
import type { HubOptions } from "./types/options"

interface HubModuleDeclaration {
  readonly key: string
  readonly resolve: string
  readonly options: HubOptions
}

const FOLDERS: ReadonlyArray<readonly [key: string, folder: string]> = [
  [HubModules.INTEGRATION_CONFIG, "integration-config"],
  [HubModules.CHANNEL_MAPPING, "channel-mapping"],
  [HubModules.SYNC, "sync"],
]

/**
 * Module declarations for an app that lives in the same repository as the hub, such as its own demo.
 *
 * An app that installed the plugin needs none of it: `plugins: [{ resolve: "medusa-stock-hub", options }]` registers the
 * same modules with the same options.
 */
export function hubModules(options: HubOptions): HubModuleDeclaration[] {
  return FOLDERS.map(([key, folder]) => ({ key, resolve: `./src/modules/${folder}`, options }))
}
