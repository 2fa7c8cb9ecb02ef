import { LEASE_MS } from "../harness/engine-limits"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { within } from "../harness/promise"
import { untilStopped } from "../harness/process-state"

/**
 * A worker stops at a failpoint, as a machine that is paused or swaps does, for longer than two leases. Another takes over,
 * writes a newer number, and has done with its recheck. Then the first one wakes and goes on as if nothing had been.
 */
async function stopWorker(
  context: FaultContext,
  place: "lane.before-push" | "lane.before-settle",
  plantedBug: string | null
): Promise<void> {
  await inWorld(context, {}, async (world) => {
    const { channel } = world
    const sleeper = await world.worker("sleeper", { plantedBug, failpoints: `${place}=stop` })
    const heir = await world.worker("heir")
    await world.setStock({ P05: 3 })
    await sleeper.begin()
    await untilStopped(sleeper.pid)
    await world.setStock({ P05: 11 })
    await heir.begin()
    await within(2 * LEASE_MS, "the heir writes the newer number", async () => (await channel.shown("L-P05")) === 11)
    await world.quiet(2 * LEASE_MS)
    sleeper.signal("SIGCONT")
    // It has settled what it slept over when it takes up new work, which the heir leaves to it.
    heir.signal("SIGSTOP")
    await world.setStock({ P06: 2 })
    await within(3 * LEASE_MS, "the sleeper works again", async () => (await channel.shown("L-P06")) === 2)
    heir.signal("SIGCONT")
    await world.quiet(3 * LEASE_MS)
    await holdTruth(world)
  })
}

export const stoppedWorkerRow: FaultRow = {
  row: "29",
  title: "two workers on one channel, one of them stopped for two leases",
  inNpmTest: false,
  needsShop: false,
  run: async (context) => {
    await stopWorker(context, "lane.before-settle", null)
    await stopWorker(context, "lane.before-push", null)
    return "neither the answer nor the write of one that slept did harm"
  },
  control: (context) => stopWorker(context, "lane.before-settle", "settles without its lease"),
}
