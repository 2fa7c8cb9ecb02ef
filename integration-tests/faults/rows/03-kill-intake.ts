import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { HastyIntake } from "../harness/hasty-intake"
import { findLostMessages, holdTruth } from "../harness/oracle"
import { hold, holdNone, within } from "../harness/promise"
import type { ShopWorld } from "../harness/shop-world"
import { WebhookLoad } from "../harness/webhook-load"

const BEFORE_KILL = 60
const PATIENCE_MS = 60_000

interface Intake {
  readonly url: string
  kill(): Promise<unknown>
}

/** The process that takes messages in dies in the middle of a burst. */
export async function killIntake(context: FaultContext, name: string, open: (shared: ShopWorld) => Promise<Intake>) {
  const shared = await context.shop()
  const intake = await open(shared)
  const channel = await shared.connect({ name })
  const load = new WebhookLoad(intake.url, channel)
  await load.during(async () => {
    await within(PATIENCE_MS, `${BEFORE_KILL} messages are taken in`, () => load.answered.length >= BEFORE_KILL)
    await intake.kill()
  })
  const lost = await findLostMessages(shared.world, channel, load.answered)
  return { shared, channel, lost, answered: load.answered.length, broken: load.count(0) }
}

export const killIntakeRow: FaultRow = {
  row: "3",
  title: "kill -9 of the intake in the middle of a burst",
  inNpmTest: false,
  needsShop: true,
  run: async (context) => {
    const { shared, channel, lost, answered, broken } = await killIntake(context, "Row 3", (world) => world.shop())
    holdNone(lost, "No message that was answered 200 is lost")
    hold(broken > 0, "The intake died while messages were on their way")
    // The next Medusa takes up what the dead one had claimed.
    await shared.shop()
    await shared.world.quiet(2 * PATIENCE_MS)
    await holdTruth(shared.world)
    await shared.disconnect(channel)
    return `0 of ${answered} lost`
  },
  control: async (context) => {
    const { shared, channel, lost } = await killIntake(context, "Row 3 control", async ({ world }) => {
      // An intake that answers first and stores later.
      return HastyIntake.start(world.databaseUrl)
    })
    await shared.disconnect(channel)
    holdNone(lost, "No message that was answered 200 is lost")
  },
}
