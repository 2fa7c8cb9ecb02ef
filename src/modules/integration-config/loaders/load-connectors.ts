import { resolve } from "node:path"
import type { LoaderOptions } from "@medusajs/framework/types"
import { asValue } from "@medusajs/framework/awilix"
import { dynamicImport } from "@medusajs/framework/utils"
import { findConnectorMistake } from "../../../lib/connector-mistake"
import { HubError } from "../../../lib/errors"
import type { HubOptions } from "../../../types/options"
import { EXTRA_CONNECTORS } from "../extra-connectors"

const refuse = (name: string, why: string, cause?: unknown): never => {
  throw new HubError(
    { kind: "invalid-data", message: `The plugin option connectors: ${name} cannot be used, because ${why}.` },
    { cause }
  )
}

/** A path that begins with a dot belongs to the app; any other name is a package. */
async function importConnector(path: string): Promise<unknown> {
  const target = path.startsWith(".") ? resolve(process.cwd(), path) : path
  const module = await (dynamicImport(target) as Promise<unknown>).catch((error: unknown) =>
    refuse(`"${path}"`, `it cannot be loaded (${error instanceof Error ? error.message : String(error)})`, error)
  )
  const exported = typeof module === "object" && module !== null ? Object.values(module) : []
  return exported.find((value) => findConnectorMistake(value) === null) ?? exported[0]
}

/** Takes in the connectors that a shop brings along, once at boot. A bad one stops the boot and says what is wrong with it. */
export default async function loadConnectors({ container, options }: LoaderOptions): Promise<void> {
  const { connectors = [] } = (options ?? {}) as HubOptions
  const loaded: object[] = []
  for (const [index, entry] of connectors.entries()) {
    const value = typeof entry === "string" ? await importConnector(entry) : entry
    const mistake = findConnectorMistake(value)
    if (mistake !== null || typeof value !== "object" || value === null) {
      return refuse(typeof entry === "string" ? `"${entry}"` : `entry ${index + 1}`, mistake ?? "it is no object")
    }
    loaded.push(value)
  }
  container.register(EXTRA_CONNECTORS, asValue(loaded))
}
