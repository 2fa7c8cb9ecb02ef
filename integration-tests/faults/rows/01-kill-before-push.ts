import { LEASE_MS } from "../harness/engine-limits"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld, type FaultWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

/** From the end of a lease until the number is on the channel. */
const TAKE_OVER_MS = 1_000

async function killBeforePush(context: FaultContext, sabotage: (world: FaultWorld) => Promise<void>): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { length: before } = await world.channel.writes()
    const victim = await world.worker("victim", { failpoints: "lane.before-push=kill" })
    const heir = await world.worker("heir")
    await world.setStock({ P03: 7 })
    await victim.begin()
    const { signal } = await victim.exited
    hold(signal === "SIGKILL", `The victim died at the failpoint, not with ${signal}`)
    await sabotage(world)
    await heir.begin()
    const tookMs = await within(
      LEASE_MS + TAKE_OVER_MS,
      "another worker writes what the dead one had claimed",
      async () => (await world.channel.shown("L-P03")) === 7
    )
    await world.quiet(LEASE_MS)
    const { length: after } = await world.channel.writes()
    hold(after - before <= 2, `One write and one recheck at most, not ${after - before}`)
    await holdTruth(world)
    return `taken over after ${Math.round(tookMs)} ms`
  })
}

export const killBeforePushRow: FaultRow = {
  row: "1",
  title: "kill -9 of a worker before its push",
  inNpmTest: true,
  needsShop: false,
  run: (context) => killBeforePush(context, async () => undefined),
  control: (context) =>
    // Leases that never end.
    killBeforePush(context, async (world) => {
      await world.query(
        "UPDATE hub_listing_state SET lease_until = now() + interval '1 day' WHERE lease_token IS NOT NULL"
      )
    }),
}
