import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, holdNone } from "../harness/promise"
import { SKUS } from "../harness/shop-template"

const BATCH = 250
const COPIES = 10
const MOST_EXTRA = Math.floor(2 * Math.log2(BATCH))
const PATIENCE_MS = 60_000

/** One of 250 items makes the channel refuse the whole call, and it does not say which. */
async function poison(context: FaultContext, plantedBug: string | null): Promise<string> {
  const skus = SKUS.slice(0, BATCH / COPIES)
  const bad = `L-${skus[Math.floor(context.random() * skus.length)]}-${Math.floor(context.random() * COPIES)}`
  const plan = { name: "One", skus, copies: COPIES, settings: { max_batch: BATCH } }
  return inWorld(context, { channels: [plan] }, async (world) => {
    const { channel } = world
    await channel.behave({ poison_listings: [bad] })
    const { calls: before } = await channel.stats()
    await world.setStock(Object.fromEntries(skus.map((sku, index) => [sku, index + 1])))
    await (await world.worker("worker", { plantedBug })).begin()
    await world.quiet(PATIENCE_MS)
    const { calls } = await channel.stats()
    const extra = calls - before - 1
    hold(extra <= MOST_EXTRA, `The bad item costs at most ${MOST_EXTRA} calls more, not ${extra}`)
    await holdTruth(world, { except: new Set([bad]) })
    const failed = await world.query<{ external_id: string; error: string | null }>(
      "SELECT l.external_id, s.error FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id WHERE s.state = 'failed'"
    )
    hold(
      failed.length === 1 && failed[0]?.external_id === bad,
      `Only ${bad} is put aside, not ${JSON.stringify(failed)}`
    )
    holdNone(
      failed.filter(({ error }) => !error?.includes("422")).map(({ error }) => String(error)),
      "It says why"
    )
    const issues = await world.query("SELECT 1 FROM hub_issue WHERE resolved_at IS NULL")
    hold(issues.length === 1, `One issue, not ${issues.length}`)
    return `${BATCH - 1} of ${BATCH} acknowledged, ${extra} calls more (at most ${MOST_EXTRA})`
  })
}

export const poisonRow: FaultRow = {
  row: "16",
  title: "one item makes the channel refuse the whole batch",
  inNpmTest: true,
  needsShop: false,
  run: (context) => poison(context, null),
  control: (context) => poison(context, "asks about every item alone"),
}
