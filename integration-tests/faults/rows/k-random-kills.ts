import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld, type FaultWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"
import { SKUS } from "../harness/shop-template"

const KILLS = 10
const PLACES = ["lane.claimed", "lane.before-push", "lane.after-push", "lane.before-settle"] as const
const HELD_MS = 80
const LATEST_MS = 200
const PATIENCE_MS = 60_000

interface Death {
  readonly sku: string
  readonly plantedBug: string | null
}

/** Every place once and then any of them, in any order: a death after the write is among them for certain. */
function drawPlaces(random: () => number): string[] {
  const left: string[] = [...PLACES, PLACES[Math.floor(random() * PLACES.length)] ?? PLACES[0]]
  return Array.from({ length: left.length }, () => left.splice(Math.floor(random() * left.length), 1)).flat()
}

/** Dies at a place in the code. */
async function dieAtPlace(world: FaultWorld, place: string, { sku, plantedBug }: Death): Promise<string> {
  const worker = await world.worker(`until-${sku}`, { failpoints: `${place}=kill`, plantedBug })
  await world.setStock({ [sku]: 1 })
  await worker.begin()
  const { signal } = await worker.exited
  hold(signal === "SIGKILL", `The worker died at ${place}, not with ${signal}`)
  return place
}

/** Dies at a moment, with a write that takes its time. */
async function dieInTime(world: FaultWorld, { sku, plantedBug }: Death): Promise<string> {
  const worker = await (await world.worker(`until-${sku}`, { plantedBug })).begin()
  await world.channel.holdNext(1, HELD_MS)
  const afterMs = Math.floor(world.context.random() * LATEST_MS)
  await world.setStock({ [sku]: 1 })
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  await worker.kill()
  await world.channel.holdNext(0, 0)
  return `${afterMs} ms`
}

/**
 * Ten workers die, five at random places of the code and five at random moments. Each was writing an item of its own, and
 * that item goes back to what it was: whoever believes that the dead wrote nothing leaves it wrong.
 */
async function killAtRandom(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const deaths: string[] = []
    const places = drawPlaces(() => context.random())
    for (let kill = 0; kill < KILLS; kill += 1) {
      const sku = SKUS[kill] ?? ""
      const opening = (await world.channel.shown(`L-${sku}`)) ?? 0
      const place = kill % 2 === 0 ? places.shift() : undefined
      deaths.push(await (place ? dieAtPlace(world, place, { sku, plantedBug }) : dieInTime(world, { sku, plantedBug })))
      await world.setStock({ [sku]: opening })
    }
    await (await world.worker("last", { plantedBug })).begin()
    await within(PATIENCE_MS, "the last worker works", async () => {
      const [seen] = await world.query<{ changes: number }>("SELECT count(*)::int AS changes FROM hub_stock_change")
      return seen?.changes === 0
    })
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return `died at ${deaths.join(", ")}`
  })
}

export const randomKillsRow: FaultRow = {
  row: "K",
  title: "ten kills at random points",
  inNpmTest: false,
  needsShop: false,
  run: (context) => killAtRandom(context, null),
  control: (context) => killAtRandom(context, "believes that the dead wrote nothing"),
}
