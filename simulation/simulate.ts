import { isPending } from "../src/engine/lane/lane-row"
import { Break } from "./invariants/invariant"
import { PRODUCTION, type Reducers } from "./reducers"
import { World } from "./world/world"

/** A world lives for so many steps before everything calms down and the next one begins. */
const STEPS_OF_A_WORLD = 2_500
/** Longer than any world takes to come to rest. */
const STEPS_TO_REST = 40_000

export interface FoundBreak {
  readonly seed: number
  readonly steps: number
  readonly invariantId: string
  readonly words: string
  readonly problem: string
  /** The last events before it, oldest first. */
  readonly events: readonly string[]
}

export interface Report {
  readonly steps: number
  readonly worlds: number
  readonly events: number
  readonly virtualHours: number
  readonly writes: number
  readonly calls: number
  readonly orders: number
  readonly breaks: readonly FoundBreak[]
  /** How often each invariant was asked. */
  readonly checks: ReadonlyMap<string, number>
  /** The same for the same seed and steps. */
  readonly digest: string
}

export interface Request {
  readonly seed: number
  readonly steps: number
  readonly reducers?: Reducers
  readonly untilFail?: boolean
  /** How many events to show before a break. */
  readonly events?: number
}

/** One world after the other, with seeds that follow each other: what breaks in the world of seed 7 breaks with seed 7. */
export function simulate({ seed, steps, reducers = PRODUCTION, untilFail = false, events = 40 }: Request): Report {
  const checks = new Map<string, number>()
  const breaks: FoundBreak[] = []
  const totals = { steps: 0, worlds: 0, events: 0, virtualMs: 0, writes: 0, calls: 0, orders: 0 }
  let digest = 0
  while (totals.steps < steps && !(untilFail && breaks.length > 0)) {
    const worldSeed = seed + totals.worlds
    const world = new World(worldSeed, reducers)
    const begun = world.now
    const broken = live(world, steps - totals.steps)
    if (broken) {
      breaks.push({ seed: worldSeed, steps: world.kernel.steps, events: world.kernel.journal.last(events), ...broken })
    }
    totals.worlds += 1
    totals.steps += world.kernel.steps
    totals.events += world.kernel.journal.length
    totals.virtualMs += world.now - begun
    totals.writes += world.writesSent
    totals.calls += world.callsSent
    totals.orders += world.channels.reduce((sum, { orders }) => sum + orders.size, 0)
    digest = (Math.imul(digest, 31) + Number.parseInt(world.kernel.journal.digest, 16)) >>> 0
    for (const [id, count] of world.checks.counts) {
      checks.set(id, (checks.get(id) ?? 0) + count)
    }
  }
  const { virtualMs, ...counts } = totals
  return {
    ...counts,
    virtualHours: virtualMs / 3_600_000,
    breaks,
    checks,
    digest: digest.toString(16).padStart(8, "0"),
  }
}

function live(world: World, stepsLeft: number): { invariantId: string; words: string; problem: string } | null {
  try {
    for (let step = 0; step < Math.min(STEPS_OF_A_WORLD, stepsLeft) && world.step(); step += 1) {
      // Everything happens inside.
    }
    if (stepsLeft > STEPS_OF_A_WORLD) {
      comeToRest(world)
    }
    return null
  } catch (error) {
    if (!(error instanceof Break)) {
      throw error
    }
    const { invariantId, words, problem } = error
    return { invariantId, words, problem }
  }
}

export function comeToRest(world: World): void {
  world.surroundings.calmDown()
  settle(world)
  world.hub.connections.forEach((connection) => world.surroundings.release(connection))
  for (const slot of world.slots) {
    if (slot.row.state === "failed" || slot.row.stateReason === "invalid-data") {
      world.retry(slot)
    }
  }
  settle(world)
  world.checks.atRest()
}

const isQuiet = (world: World): boolean =>
  world.hub.captured.length === 0 &&
  world.hub.inbox.size === 0 &&
  world.workers.every(({ isIdle }) => isIdle) &&
  world.slots.every(
    (slot) =>
      !isPending(slot.row) &&
      slot.row.leaseToken === null &&
      slot.unseen === 0 &&
      slot.foreignAt === null &&
      !slot.isMissed &&
      slot.open.size === 0
  )

function settle(world: World): void {
  const until = world.kernel.steps + STEPS_TO_REST
  while (!isQuiet(world)) {
    if (world.kernel.steps > until) {
      const busy = world.slots.find(
        (slot) => isPending(slot.row) || slot.unseen > 0 || slot.isMissed || slot.open.size > 0
      )
      throw new Break(
        "comes-to-rest",
        "Once nothing changes and nothing fails any more, the hub finishes what it has to do.",
        `after ${STEPS_TO_REST} steps there is still work: ${JSON.stringify([busy?.unseen, busy?.isMissed, busy?.open.size, busy?.row, world.hub.inbox.size])}`
      )
    }
    world.step()
  }
}
