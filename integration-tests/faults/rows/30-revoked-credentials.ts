import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const PATIENCE_MS = 60_000
const WORKERS = 2

const PENDING_SQL = "SELECT count(*)::int AS pending FROM hub_listing_state WHERE stale_version > acked_version"

/** The channel takes the token no more, in the middle of work. */
async function revoke(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { channel } = world
    for (let index = 0; index < WORKERS; index += 1) {
      await (await world.worker(`worker-${index}`, { plantedBug })).begin()
    }
    await world.setStock({ P01: 1 })
    await world.quiet(PATIENCE_MS)
    await channel.behave({ accepts_token: false })
    await world.setStock({ P02: 2, P03: 3 })
    await within(PATIENCE_MS, "the channel refused the token", async () => (await channel.stats()).unauthorized > 0)
    // Whoever would go on calling does so now.
    for (let round = 0; round < 20; round += 1) {
      await world.setStock({ P04: round })
      const { unauthorized } = await channel.stats()
      hold(unauthorized <= WORKERS, `Each worker is refused once at most, not ${unauthorized} times in all`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const [connection] = await world.query<{ state: string }>("SELECT state FROM hub_connection")
    hold(connection?.state === "needs-reauthorisation", `The connection waits for a person, it is ${connection?.state}`)
    const issues = await world.query("SELECT 1 FROM hub_issue WHERE resolved_at IS NULL")
    hold(issues.length === 1, `A person is told once, not ${issues.length} times`)
    await within(PATIENCE_MS, "what could not be written waits", async () => {
      return ((await world.query<{ pending: number }>(PENDING_SQL))[0]?.pending ?? 0) >= 3
    })
    await channel.behave({ accepts_token: true })
    await world.query(
      "UPDATE hub_connection SET state = 'connected', state_reason = NULL, updated_at = clock_timestamp()"
    )
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return "paused once, one issue, and went on by itself"
  })
}

export const revokedCredentialsRow: FaultRow = {
  row: "30",
  title: "credentials are revoked in the middle of work",
  inNpmTest: true,
  needsShop: false,
  run: (context) => revoke(context, null),
  control: (context) => revoke(context, "takes refused credentials for an outage"),
}
