import type { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { HubWorld } from "./hub-world"

export type MedusaSuite = Parameters<Parameters<typeof medusaIntegrationTestRunner>[0]["testSuite"]>[0]

/** The runner types its HTTP client as anything. */
interface TestApi {
  readonly defaults: { readonly baseURL: string }
}

/** A fresh world for every test of the describe block it is called in. */
export function useWorld(medusa: MedusaSuite): () => HubWorld {
  let world: HubWorld | undefined
  beforeEach(async () => {
    world = await HubWorld.open(medusa.getContainer(), (medusa.api as TestApi).defaults.baseURL)
  })
  afterEach(async () => {
    await world?.close()
    world = undefined
  })
  return () => {
    if (!world) {
      throw new Error("The world is only there inside a test.")
    }
    return world
  }
}
