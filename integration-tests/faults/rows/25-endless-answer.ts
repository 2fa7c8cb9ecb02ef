import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const PATIENCE_MS = 60_000
/** More than the cap of an answer and less than what the answers would be. */
const MOST_BYTES = 120 * 1024 * 1024
const FORMS = ["endless-body", "endless-headers", "gzip-bomb"] as const

/** Answers of a gigabyte, headers without end, and 200 kB that unpack to 200 MB. */
async function endless(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { channel } = world
    const worker = await (await world.worker("worker", { plantedBug, engine: { request_timeout_ms: 5_000 } })).begin()
    await world.setStock({ P01: 60 })
    await world.quiet(PATIENCE_MS)
    const before = await worker.memory()
    let most = 0
    for (const [round, form] of FORMS.entries()) {
      await channel.behave({ answer_form: form })
      const { calls } = await channel.stats()
      await world.setStock({ P01: round + 1, P02: 20 - round })
      await within(PATIENCE_MS, `a call is answered with ${form}`, async () => {
        most = Math.max(most, (await worker.memory()) - before)
        return (await channel.stats()).calls - calls >= 2
      })
      hold(most < MOST_BYTES, `${form} costs less than ${MOST_BYTES >> 20} MB of memory, not ${most >> 20}`)
      await channel.behave({ answer_form: "plain" })
      await world.quiet(PATIENCE_MS)
    }
    hold(worker.isRunning, "The worker survives")
    await holdTruth(world)
    return `at most ${most >> 20} MB more memory`
  })
}

export const endlessAnswerRow: FaultRow = {
  row: "25",
  title: "an answer without end, headers without end, a bomb",
  inNpmTest: false,
  needsShop: false,
  run: (context) => endless(context, null),
  control: (context) => endless(context, "reads answers of any size"),
}
