import { createServer } from "node:http"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { hold, within } from "../harness/promise"

const PATIENCE_MS = 30_000

/** The address of this machine in the forms that have fooled others, and what clouds keep their secrets at. */
const INWARD = [
  "127.0.0.1",
  "localhost",
  "2130706433",
  "0x7f.1",
  "0177.0.0.1",
  "127.1",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[64:ff9b::7f00:1]",
  "0.0.0.0",
]

/** Listens where nobody from outside may come, and counts who does. */
async function openCanary(): Promise<{ readonly port: number; readonly visits: () => number; close(): void }> {
  let visits = 0
  const server = createServer((_request, response) => {
    visits += 1
    response.end("{}")
  })
  await new Promise<void>((resolve) => server.listen(0, () => resolve()))
  const address = server.address()
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    visits: () => visits,
    close: () => server.closeAllConnections(),
  }
}

const pointTo = (host: string, port: number): string =>
  `UPDATE hub_connection SET options = options || '{"base_url": "http://${host}:${port}"}', updated_at = clock_timestamp()`

async function lookInward(context: FaultContext, allowed: readonly string[]): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { channel } = world
    const canary = await openCanary()
    try {
      await channel.behave({ answer_form: "redirect", redirect_to: `http://127.0.0.1:${canary.port}/latest/meta-data` })
      const { calls } = await channel.stats()
      const follower = await (await world.worker("follower")).begin()
      await world.setStock({ P01: 1 })
      await within(
        PATIENCE_MS,
        "the channel sends the hub elsewhere",
        async () => (await channel.stats()).calls > calls
      )
      hold(canary.visits() === 0, "A redirect is not followed")
      await follower.kill()
      const worker = await (await world.worker("worker", { engine: { allow_private_addresses: allowed } })).begin()
      for (const [index, host] of INWARD.entries()) {
        await world.query("UPDATE hub_issue SET resolved_at = now()")
        await world.query("UPDATE hub_lane SET not_before = NULL, breaker_state = 'closed', failure_count = 0")
        await world.query("UPDATE hub_listing_state SET next_attempt_at = NULL, lease_token = NULL, lease_until = NULL")
        await world.query(pointTo(host, canary.port))
        await world.setStock({ P02: index + 1 })
        const lines = worker.lines.length
        await within(
          PATIENCE_MS,
          `a call to ${host} is tried`,
          () => worker.lines.length > lines || canary.visits() > 0
        )
        hold(canary.visits() === 0, `Nothing is sent to ${host}`)
      }
      const issues = await world.query("SELECT 1 FROM hub_issue WHERE code = 'address-refused'")
      hold(issues.length > 0, "A person is told which address was refused")
      return `${INWARD.length} forms and a redirect: 0 visits`
    } finally {
      canary.close()
    }
  })
}

export const inwardAddressesRow: FaultRow = {
  row: "26",
  title: "a redirect inward, and this machine's address in every form",
  inNpmTest: false,
  needsShop: false,
  run: (context) => lookInward(context, []),
  control: (context) => lookInward(context, ["127.0.0.1"]),
}
