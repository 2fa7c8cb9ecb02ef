import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const TEN_MINUTES_MS = 600_000
const PATIENCE_MS = 60_000
const HELD_MS = 200
const CHANGES = 8

/** Three workers, two of them ten minutes off, and a channel with one listing: never are two writes of it on their way. */
async function wrongClock(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, { channels: [{ name: "One", skus: ["P01"] }] }, async (world) => {
    const { channel } = world
    const workers = [
      await world.worker("slow", { clockOffsetMs: -TEN_MINUTES_MS, plantedBug }),
      await world.worker("fast", { clockOffsetMs: TEN_MINUTES_MS, plantedBug }),
      await world.worker("right"),
    ]
    await Promise.all(workers.map((worker) => worker.begin()))
    await channel.holdNext(1_000, HELD_MS)
    for (let change = 1; change <= CHANGES; change += 1) {
      await world.setStock({ P01: change })
      await within(PATIENCE_MS, `the channel shows ${change}`, async () => (await channel.shown("L-P01")) === change)
    }
    await channel.holdNext(0, 0)
    await world.quiet(PATIENCE_MS)
    const { max_concurrent_calls: together } = await channel.stats()
    hold(together === 1, `One write of a listing at a time, not ${together}`)
    await holdTruth(world)
    return `${CHANGES} changes, never two writes at once`
  })
}

export const wrongClockRow: FaultRow = {
  row: "28",
  title: "processes whose clocks are ten minutes off",
  inNpmTest: false,
  needsShop: false,
  run: (context) => wrongClock(context, null),
  control: (context) => wrongClock(context, "trusts its own clock"),
}
