import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"
import { SKUS } from "../harness/shop-template"

const PATIENCE_MS = 60_000
const OTHERS_MS = 20_000
const BATCH = 10
const LIMITED = {
  name: "Limited",
  settings: { max_batch: BATCH, rate_limit: { calls_per_second: 0.25, burst: 1 } },
}

/** Two processes drive one channel that takes a call every two seconds, and one that takes any number. */
async function obeyLimit(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, { channels: [LIMITED, { name: "Free" }], isUnsynced: true }, async (world) => {
    const [limited, free] = world.channels
    hold(limited !== undefined && free !== undefined, "There are two channels")
    const before = await limited.stats()
    const workers = [await world.worker("first", { plantedBug }), await world.worker("second", { plantedBug })]
    await Promise.all(workers.map((worker) => worker.begin()))
    const freeMs = await within(OTHERS_MS, "the other channel does not wait", async () => {
      return (await free.stats()).items_written >= SKUS.length
    })
    await within(
      PATIENCE_MS,
      "everything gets through",
      async () => (await limited.stats()).items_written >= SKUS.length
    )
    await world.quiet(PATIENCE_MS)
    const { rate_limited: refusedNow } = await limited.stats()
    const refused = refusedNow - before.rate_limited
    context.log(`${refused} calls refused`)
    const needed = SKUS.length / BATCH
    hold(refused > 0, "The channel did refuse calls")
    hold(refused <= 2 * needed, `At most two refusals for each call that is needed (${needed}), not ${refused}`)
    await holdTruth(world)
    return `${needed} calls needed, ${refused} refused; the other channel was done after ${Math.round(freeMs)} ms`
  })
}

export const sharedLimitRow: FaultRow = {
  row: "12",
  title: "a storm of 429: two processes obey one limit",
  inNpmTest: false,
  needsShop: false,
  run: (context) => obeyLimit(context, null),
  control: (context) => obeyLimit(context, "obeys no limit"),
}
