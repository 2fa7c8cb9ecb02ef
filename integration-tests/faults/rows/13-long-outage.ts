import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld, type FaultWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"
import { forgetEveryPause } from "../harness/sabotage"
import { SKUS } from "../harness/shop-template"

/** Half an hour in small: the waiting times grow just as fast, they only do not get as long. */
const OUTAGE_MS = 6_000
/** A slow machine needs longer to make too many calls. */
const OUTAGE_OF_CONTROL_MS = 40_000
/** With growing pauses it is about five for each worker. Two workers that do not pause make many more. */
const MOST_CALLS = 14
const ITEMS = 10
const CHANGE_EVERY_MS = 20
const PATIENCE_MS = 60_000

const quantitiesOf = (round: number): Record<string, number> =>
  Object.fromEntries(SKUS.slice(0, ITEMS).map((sku, index) => [sku, ((round * 7 + index) % 40) + 1]))

/** The channel answers 500 to everything while stock goes on changing. */
async function outage(
  context: FaultContext,
  lastsMs: number,
  sabotage: (world: FaultWorld) => Promise<void>
): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { channel } = world
    await sabotage(world)
    const workers = [await world.worker("first"), await world.worker("second")]
    await Promise.all(workers.map((worker) => worker.begin()))
    await channel.behave({ chaos: { error_rate: 1 } })
    const { calls: callsBefore } = await channel.stats()
    const { length: writesBefore } = await channel.writes()
    const until = performance.now() + lastsMs
    let rounds = 0
    let during = 0
    while (performance.now() < until) {
      rounds += 1
      await world.setStock(quantitiesOf(rounds))
      const { calls } = await channel.stats()
      during = calls - callsBefore
      if (during > MOST_CALLS) {
        break
      }
      await new Promise((resolve) => setTimeout(resolve, CHANGE_EVERY_MS))
    }
    context.log(`${during} calls during the outage`)
    hold(
      during > 0 && during <= MOST_CALLS,
      `A channel that is down is called rarely (at most ${MOST_CALLS}), not ${during} times`
    )
    await channel.behave({ chaos: { error_rate: 0 } })
    await within(PATIENCE_MS, "the channel shows the newest numbers", async () => {
      return (await channel.shown("L-P00")) === quantitiesOf(rounds).P00
    })
    await world.quiet(PATIENCE_MS)
    const after = (await channel.writes()).length - writesBefore
    hold(after <= 2 * ITEMS, `What was missed costs a write for each item (${ITEMS}), not ${after}`)
    await holdTruth(world)
    const open = await world.query("SELECT code FROM hub_issue WHERE resolved_at IS NULL")
    hold(open.length === 0, "Nobody is told of an outage that is over")
    return `${rounds * ITEMS} changes during the outage: ${during} calls, then ${after} writes`
  })
}

export const longOutageRow: FaultRow = {
  row: "13",
  title: "a channel answers 500 for long",
  inNpmTest: false,
  needsShop: false,
  run: (context) => outage(context, OUTAGE_MS, async () => undefined),
  control: (context) => outage(context, OUTAGE_OF_CONTROL_MS, forgetEveryPause),
}
