import { LATE_APPLY_WINDOW_MS, LEASE_MS } from "../harness/engine-limits"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld, type FaultWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold } from "../harness/promise"

/**
 * The channel has taken the number and nobody wrote that down. Then the stock goes back to what it was: whoever believes
 * the last acknowledgement sees nothing to do, and the channel goes on showing the other number.
 */
async function killAfterPush(context: FaultContext, sabotage: (world: FaultWorld) => Promise<void>): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const opening = await world.channel.shown("L-P03")
    const { length: before } = await world.channel.writes()
    const victim = await world.worker("victim", { failpoints: "lane.after-push=kill" })
    const heir = await world.worker("heir")
    await world.setStock({ P03: 7 })
    await victim.begin()
    await victim.exited
    hold((await world.channel.shown("L-P03")) === 7, "The channel has applied the write of the dead worker")
    await world.setStock({ P03: opening ?? 0 })
    await sabotage(world)
    await heir.begin()
    await world.quiet(2 * LEASE_MS + LATE_APPLY_WINDOW_MS)
    await holdTruth(world)
    const { length: after } = await world.channel.writes()
    hold(after - before <= 3, `The lost write, one after it and one recheck at most, not ${after - before}`)
    return `${after - before} writes`
  })
}

export const killAfterPushRow: FaultRow = {
  row: "2",
  title: "kill -9 after the channel applied the write, before it was acknowledged",
  inNpmTest: true,
  needsShop: false,
  run: (context) => killAfterPush(context, async () => undefined),
  control: (context) =>
    // The lease of the dead is wiped away as if it had never been: what it may have written counts as not written.
    killAfterPush(context, async (world) => {
      await world.query("UPDATE hub_listing_state SET lease_token = NULL, lease_until = NULL, recheck_at = NULL")
    }),
}
