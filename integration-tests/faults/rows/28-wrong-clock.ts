import { LEASE_MS } from "../harness/engine-limits"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const TEN_MINUTES_MS = 600_000
const TAKE_OVER_MS = 2_000
const PATIENCE_MS = 20_000
const HELD_MS = 200
const CHANGES = 8

/** A channel with one listing, and workers of which two are ten minutes off. */
async function wrongClock(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, { channels: [{ name: "One", skus: ["P01"] }] }, async (world) => {
    const { channel } = world
    const fast = await (await world.worker("fast", { clockOffsetMs: TEN_MINUTES_MS, plantedBug })).begin()
    const others = [
      await world.worker("slow", { clockOffsetMs: -TEN_MINUTES_MS, plantedBug }),
      await world.worker("right"),
    ]
    await Promise.all(others.map((worker) => worker.begin()))
    await channel.holdNext(1_000, HELD_MS)
    for (let change = 1; change <= CHANGES; change += 1) {
      await world.setStock({ P01: change })
      await within(PATIENCE_MS, `the channel shows ${change}`, async () => (await channel.shown("L-P01")) === change)
    }
    await world.quiet(PATIENCE_MS)
    const { max_concurrent_calls: together } = await channel.stats()
    hold(together === 1, `One write of a listing at a time, not ${together}`)
    // The one that is ahead dies with a write on its way. Its lease is two seconds, whatever its clock says.
    others.forEach((worker) => worker.signal("SIGSTOP"))
    const before = await channel.pushes()
    await world.setStock({ P01: 50 })
    await within(PATIENCE_MS, "a write is on its way", async () => (await channel.pushes()) > before)
    await fast.kill()
    await channel.holdNext(0, 0)
    await world.setStock({ P01: 51 })
    others.forEach((worker) => worker.signal("SIGCONT"))
    const tookMs = await within(LEASE_MS + TAKE_OVER_MS, "another worker takes over", async () => {
      return (await channel.shown("L-P01")) === 51
    })
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return `${CHANGES} changes, never two writes at once; taken over after ${Math.round(tookMs)} ms`
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
