import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { within } from "../harness/promise"
import { removeCapture } from "../../../src/modules/sync/capture/install-capture"

const SWEEP_MS = 1_000
/** A sweep, and the time to write what it found. */
const FOUND_MS = SWEEP_MS + 4_000
const PATIENCE_MS = 60_000

/** The stock changes, no event comes, and the trigger is not there either: only looking finds it. */
async function loseEvents(context: FaultContext, sweepEveryMs: number | null): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { channel } = world
    await (await world.worker("worker", { sweepEveryMs })).begin()
    await removeCapture(world.sql)
    // The first sweep of a process looks at everything; it is the later ones that have to find what is new.
    await new Promise((resolve) => setTimeout(resolve, 2 * SWEEP_MS))
    await world.setStock({ P01: 3 })
    const tookMs = await within(
      FOUND_MS,
      "the sweep finds the change",
      async () => (await channel.shown("L-P01")) === 3
    )
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return `found after ${Math.round(tookMs)} ms`
  })
}

export const lostEventRow: FaultRow = {
  row: "35",
  title: "events are lost and the trigger is gone",
  inNpmTest: false,
  needsShop: false,
  run: (context) => loseEvents(context, SWEEP_MS),
  control: (context) => loseEvents(context, null),
}
