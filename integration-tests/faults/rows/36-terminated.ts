import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const PATIENCE_MS = 120_000
const HELD_MS = 400
const GRACE_MS = 15_000

const LEASES_SQL = `
  SELECT (SELECT count(*) FROM hub_listing_state WHERE lease_token IS NOT NULL AND deleted_at IS NULL)::int
       + (SELECT count(*) FROM hub_inbox_event WHERE lease_token IS NOT NULL AND state = 'accepted')::int AS leases`

/** A deployment ends the process while a write is on its way. */
async function terminate(context: FaultContext, name: string, how: "terminate" | "kill"): Promise<string> {
  const shared = await context.shop()
  const { world } = shared
  const shop = await shared.shop()
  const channel = await shared.connect({ name })
  await world.quiet(PATIENCE_MS)
  await channel.holdNext(1, HELD_MS)
  const before = await channel.pushes()
  await world.setStock({ P11: how === "kill" ? 6 : 5 })
  await within(PATIENCE_MS, "a write is on its way", async () => (await channel.pushes()) > before)
  const begun = performance.now()
  const { code, signal } = await shop[how]()
  const tookMs = performance.now() - begun
  try {
    const [found] = await world.query<{ leases: number }>(LEASES_SQL)
    hold(found?.leases === 0, `No lease is left behind, not ${found?.leases}`)
    hold(code === 0, `Medusa ends with 0, not ${signal ?? code}`)
    hold(tookMs < GRACE_MS, `Medusa ends within ${GRACE_MS} ms, not ${Math.round(tookMs)}`)
    await shared.shop()
    await world.setStock({ P12: 6 })
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return `ended after ${Math.round(tookMs)} ms`
  } finally {
    await shared.disconnect(channel)
  }
}

export const terminatedRow: FaultRow = {
  row: "36",
  title: "SIGTERM while a write is on its way",
  inNpmTest: false,
  needsShop: true,
  run: (context) => terminate(context, "Row 36", "terminate"),
  control: (context) => terminate(context, "Row 36 control", "kill"),
}
