import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld, type FaultWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

/** The code before this schema: the last release of the first spine. */
const PREVIOUS = "33fff26"
/** Its leases are longer: five seconds from a claim to its call were no option yet. */
const PATIENCE_MS = 30_000
const HELD_MS = 400

const git = (repoFolder: string, args: readonly string[]): Buffer =>
  execFileSync("git", ["-C", repoFolder, ...args], {
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "ignore"],
  })

function hasPrevious({ repoFolder }: FaultContext): boolean {
  try {
    git(repoFolder, ["cat-file", "-e", `${PREVIOUS}^{commit}`])
    return true
  } catch {
    return false
  }
}

/** The sources of the earlier commit, in a folder of their own beside the same packages. */
function checkOut({ repoFolder }: FaultContext): string {
  const folder = join(repoFolder, ".hub", "faults", `code-${PREVIOUS}`)
  if (!existsSync(join(folder, "src"))) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const archive = git(repoFolder, ["archive", PREVIOUS, "src", "package.json", "tsconfig.json"])
    execFileSync("tar", ["-x", "-C", folder], { input: archive })
    symlinkSync(join(repoFolder, "node_modules"), join(folder, "node_modules"))
  }
  return folder
}

/** Kills one in the middle of a write; the other has to take over. */
async function takeOver(world: FaultWorld, victimSource: string | null, heirSource: string | null, sku: string) {
  const { channel } = world
  const from = (source: string | null) => (source === null ? {} : { source })
  const label = (source: string | null): string => (source === null ? "new" : "old")
  const victim = await (await world.worker(`victim-${label(victimSource)}-${sku}`, from(victimSource))).begin()
  const heir = await world.worker(`heir-${label(heirSource)}-${sku}`, from(heirSource))
  await channel.holdNext(1, HELD_MS)
  const before = await channel.pushes()
  await world.setStock({ [sku]: 3 })
  await within(PATIENCE_MS, "a write is on its way", async () => (await channel.pushes()) > before)
  await victim.kill()
  await world.setStock({ [sku]: 8 })
  await heir.begin()
  await within(PATIENCE_MS, `${label(heirSource)} code takes over from ${label(victimSource)}`, async () => {
    return (await channel.shown(`L-${sku}`)) === 8
  })
  await world.quiet(PATIENCE_MS)
  await holdTruth(world)
  await heir.kill()
}

/** A deployment rolls: for a while old and new code share the new schema. */
async function roll(context: FaultContext, sabotage: (world: FaultWorld) => Promise<unknown>): Promise<string> {
  const old = checkOut(context)
  return inWorld(context, {}, async (world) => {
    await sabotage(world)
    await takeOver(world, old, null, "P01")
    await takeOver(world, null, old, "P02")
    const both = [await world.worker("old", { source: old }), await world.worker("new")]
    await Promise.all(both.map((worker) => worker.begin()))
    for (let round = 0; round < 20; round += 1) {
      await world.setStock({ P03: Math.floor(context.random() * 50), P04: round, P05: 20 - round })
    }
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    hold(
      both.every((worker) => worker.isRunning),
      "Both survive"
    )
    return `code of ${PREVIOUS} and of today, both ways and together`
  })
}

export const oldCodeRow: FaultRow = {
  row: "32",
  title: "code of the version before on the schema of today",
  inNpmTest: false,
  needsShop: false,
  cannotRun: async (context) =>
    hasPrevious(context) ? null : `commit ${PREVIOUS} is not in this clone: fetch its history (git fetch --unshallow)`,
  run: (context) => roll(context, async () => undefined),
  // A column that the old code still needs is taken away in the same step.
  control: (context) =>
    roll(context, (world) =>
      world.query("ALTER TABLE hub_listing_state RENAME COLUMN unknown_version TO unsure_version")
    ),
}
