import { seededRandom } from "../../../scripts/demo/random"
import { startChannels } from "../../../scripts/demo/worlds/simulators"
import { Crew } from "./crew"
import { FaultChannel } from "./fault-channel"
import type { FaultContext } from "./fault-context"
import { inWorld, type FaultWorld } from "./fault-world"
import { NaiveQueue } from "./naive-queue"
import { findWrongListings } from "./oracle"
import { hold, within } from "./promise"
import { SKUS } from "./shop-template"

/** RELIABILITY §2.5: 5 % 429, 3 % 500, 3 % applied without an answer, 2 % applied late, 5 % half done. */
const CHAOS = {
  rate_limit_rate: 0.05,
  error_rate: 0.03,
  drop_answer_rate: 0.03,
  late_apply_rate: 0.02,
  late_apply_ms: 1_200,
  partial_rate: 0.05,
}
const CALM = { rate_limit_rate: 0, error_rate: 0, drop_answer_rate: 0, late_apply_rate: 0, partial_rate: 0 }

const CHANGES = 200
const CHANGE_EVERY_MS = 8
const WORKERS = 4
const DIES_WITHIN = 30
const QUIET_MS = 90_000
const ZIPF = 1.1

export interface SeedResult {
  readonly seed: number
  readonly changes: number
  readonly crashes: number
  readonly calls: number
  readonly late: number
  /** Listings that show something wrong when nothing is left to do. */
  readonly wrong: readonly string[]
  readonly naiveCalls: number
  readonly naiveWrong: number
}

/** Few items get most of the changes, as few products make most of the sales. */
function zipf(random: () => number): string {
  const weights = SKUS.map((_, index) => 1 / (index + 1) ** ZIPF)
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => (left -= weight) <= 0)
  return SKUS[Math.max(0, index)] ?? "P00"
}

interface Side {
  readonly channels: readonly FaultChannel[]
}

const calls = async ({ channels }: Side): Promise<number> =>
  (await Promise.all(channels.map((channel) => channel.stats()))).reduce((sum, stats) => sum + stats.calls, 0)

const lateWrites = async ({ channels }: Side): Promise<number> =>
  (await Promise.all(channels.map((channel) => channel.stats()))).reduce(
    (sum, stats) => sum + stats.writes_applied_late,
    0
  )

async function countNaiveWrong(naive: Side, truth: ReadonlyMap<string, number>): Promise<number> {
  let wrong = 0
  for (const channel of naive.channels) {
    const { stock } = await channel.state()
    wrong += stock.filter((slot) => truth.has(slot.listing_id) && truth.get(slot.listing_id) !== slot.quantity).length
  }
  return wrong
}

async function runSeed(world: FaultWorld, naive: Side, crew: Crew, seed: number): Promise<SeedResult> {
  const random = seededRandom(seed)
  const sides = [world, naive]
  const before = { calls: await calls(world), late: await lateWrites(world), crashes: crew.crashes }
  const naiveCallsBefore = await calls(naive)
  const queues = naive.channels.map((channel) => new NaiveQueue(channel))
  for (const channel of sides.flatMap((side) => side.channels)) {
    await channel.behave({ chaos: { ...CHAOS, seed } })
  }
  const truth = new Map<string, number>()
  for (let change = 0; change < CHANGES; change += 1) {
    const sku = zipf(random)
    const quantity = Math.floor(random() * 100)
    truth.set(`L-${sku}`, quantity)
    await world.setStock({ [sku]: quantity })
    queues.forEach((queue) => queue.push(`L-${sku}`, quantity))
    await new Promise((resolve) => setTimeout(resolve, CHANGE_EVERY_MS))
  }
  await within(QUIET_MS, "the naive queue is empty", () => queues.every((queue) => queue.isIdle))
  for (const channel of sides.flatMap((side) => side.channels)) {
    await channel.behave({ chaos: CALM })
  }
  await world.quiet(QUIET_MS)
  return {
    seed,
    changes: CHANGES,
    crashes: crew.crashes - before.crashes,
    calls: (await calls(world)) - before.calls,
    late: (await lateWrites(world)) - before.late,
    wrong: await findWrongListings(world),
    naiveCalls: (await calls(naive)) - naiveCallsBefore,
    naiveWrong: await countNaiveWrong(naive, truth),
  }
}

const LISTINGS = SKUS.map((sku) => ({ id: `L-${sku}`, sku, title: sku }))

/**
 * Four workers that keep dying, two channels that misbehave in every way, and the same changes past a naive queue. Each
 * seed ends in quiet, and then every channel has to show the truth.
 */
export async function runConvergence(
  context: FaultContext,
  seeds: readonly number[],
  onResult: (result: SeedResult) => void = () => undefined
): Promise<SeedResult[]> {
  // Small batches make many calls, and every call can go wrong.
  const channels = ["One", "Two"].map((name) => ({
    name,
    settings: { max_batch: 2 },
    options: { late_apply_window_ms: 1_400 },
  }))
  return inWorld(context, { channels }, async (world) => {
    const naiveSide = await startChannels(
      channels.map(({ name }) => ({
        name,
        token: "naive",
        has_locations: false,
        compare_and_set: false,
        listings: LISTINGS,
      }))
    )
    const naive = { channels: naiveSide.channels.map((running) => new FaultChannel(running, "", "")) }
    const crew = new Crew(world, { size: WORKERS, diesWithin: DIES_WITHIN })
    await crew.start()
    const results: SeedResult[] = []
    try {
      for (const seed of seeds) {
        const result = await runSeed(world, naive, crew, seed)
        results.push(result)
        onResult(result)
      }
    } finally {
      await crew.settle()
      await naiveSide.stop()
    }
    hold(results.length === seeds.length, "Every seed came to an end")
    return results
  })
}
