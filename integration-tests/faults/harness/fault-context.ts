import { join } from "node:path"
import { seededRandom } from "../../../scripts/demo/random"
import { FaultServer } from "./fault-server"
import { prepareTemplate } from "./shop-template"

/** Limits of the tests: together they make a lease of two seconds. */
export const ENGINE = {
  poll_interval_ms: 50,
  request_timeout_ms: 600,
  claim_to_call_ms: 600,
  order_concurrency: 4,
} as const

export const LATE_APPLY_WINDOW_MS = 800

export const LEASE_MS = ENGINE.request_timeout_ms + ENGINE.claim_to_call_ms + LATE_APPLY_WINDOW_MS

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
  return {
    server,
    contextFor: (row, seed, log = () => undefined) => ({
      repoFolder,
      folder: join(folder, `row-${row}`),
      server,
      seed,
      random: seededRandom(seed),
      log,
    }),
    close: () => server.stop(),
  }
}
