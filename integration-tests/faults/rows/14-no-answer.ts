import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { findWrongListings, holdTruth } from "../harness/oracle"
import { hold, holdNone, within } from "../harness/promise"

/** A write is cut off and takes effect so much later, over the newer number that was written meanwhile. */
const LATE_MS = 2_000
const WINDOW_MS = 2_500
const PATIENCE_MS = 30_000

const CHANNEL = { name: "One", options: { late_apply_window_ms: WINDOW_MS } }

async function noAnswer(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, { channels: [CHANNEL] }, async (world) => {
    const { channel } = world
    const worker = await (await world.worker("worker", { plantedBug })).begin()
    // First kind: applied, and only the answer is lost.
    await channel.behave({ chaos: { drop_answer_rate: 1 } })
    await world.setStock({ P01: 3, P02: 0 })
    await within(PATIENCE_MS, "the channel applied a write whose answer it dropped", async () => {
      return (await channel.stats()).answers_dropped > 0
    })
    await channel.behave({ chaos: { drop_answer_rate: 0 } })
    await world.quiet(PATIENCE_MS)
    // Second kind: applied late, after a newer number.
    await channel.behave({ chaos: { late_apply_rate: 1, late_apply_ms: LATE_MS } })
    const { answers_dropped: dropped } = await channel.stats()
    await world.setStock({ P03: 5, P04: 1 })
    await within(
      PATIENCE_MS,
      "the channel cut off a write",
      async () => (await channel.stats()).answers_dropped > dropped
    )
    await channel.behave({ chaos: { late_apply_rate: 0 } })
    await world.setStock({ P03: 9, P04: 0 })
    await within(LATE_MS, "the newer number was written first", async () => (await channel.shown("L-P03")) === 9)
    await within(PATIENCE_MS, "the cut write took effect", async () => {
      return (await channel.stats()).writes_applied_late > 0
    })
    await world.quiet(PATIENCE_MS)
    holdNone(await findWrongListings(world), "No answer is unknown, not failed")
    await holdTruth(world)
    const late = (await channel.writes()).filter((write) => write.late)
    hold(late.length > 0 && worker.isRunning, "A late write was seen and the worker lives")
    return `${late.length} quantities applied late, 0 wrong`
  })
}

export const noAnswerRow: FaultRow = {
  row: "14",
  title: "no answer after the write was applied, and a write that is applied late",
  inNpmTest: false,
  needsShop: false,
  run: (context) => noAnswer(context, null),
  control: (context) => noAnswer(context, "takes no answer for a refusal"),
}
