import { join } from "node:path"
import { seededRandom } from "../../../scripts/demo/random"
import { FaultServer } from "./fault-server"
import { prepareTemplate } from "./shop-template"
import { ShopWorld } from "./shop-world"

/** What every row is given. */
export interface FaultContext {
  readonly repoFolder: string
  /** Where logs and stamps are kept: below `.hub/`, which git ignores. */
  readonly folder: string
  readonly server: FaultServer
  /** The same seed makes the same accidents, as far as processes can. */
  readonly seed: number
  /** From 0 up to 1, by the seed. */
  readonly random: () => number
  readonly log: (line: string) => void
  /** The real Medusa that rows share, one after the other. Booted by the first who asks. */
  readonly shop: () => Promise<ShopWorld>
}

export interface FaultStage {
  readonly server: FaultServer
  contextFor(row: string, seed: number, log?: (line: string) => void): FaultContext
  close(): Promise<void>
}

/** Starts the database server and makes the template. One stage serves all rows of a run. */
export async function openStage(repoFolder: string, name: string): Promise<FaultStage> {
  const folder = join(repoFolder, ".hub", name)
  const server = await FaultServer.start(repoFolder, name)
  await prepareTemplate(server, repoFolder, folder)
  let shop: Promise<ShopWorld> | null = null
  const contextFor: FaultStage["contextFor"] = (row, seed, log = () => undefined) => ({
    repoFolder,
    folder: join(folder, `row-${row}`),
    server,
    seed,
    random: seededRandom(seed),
    log,
    shop: () => (shop ??= ShopWorld.open(contextFor("shop", seed, log))),
  })
  return {
    server,
    contextFor,
    close: async () => {
      await (await shop)?.close()
      await server.stop()
    },
  }
}
