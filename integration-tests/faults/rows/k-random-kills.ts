import { Crew } from "../harness/crew"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { within } from "../harness/promise"

const KILLS = 10
const PATIENCE_MS = 120_000

/** Ten workers die at random places of their work, while three items flip between two numbers. */
async function killAtRandom(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const crew = new Crew(world, { size: 2, diesWithin: 4, plantedBug })
    await crew.start()
    const number = (): number => 1 + Math.floor(context.random() * 2)
    await within(PATIENCE_MS, `${KILLS} workers have died`, async () => {
      await world.setStock({ P00: number(), P01: number(), P02: number() })
      return crew.crashes >= KILLS
    })
    await crew.settle()
    await (await world.worker("last", { plantedBug })).begin()
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return `${crew.crashes} workers died`
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
