import { LEASE_MS } from "../harness/engine-limits"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const PATIENCE_MS = 60_000

interface Doubt {
  readonly state_reason: string | null
  readonly is_unknown: boolean
}

const DOUBT_SQL = `
  SELECT s.state_reason, s.acked IS NULL AND s.recheck_at IS NOT NULL AS is_unknown
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id WHERE l.external_id = :listing`

/** A name that nobody knows has not got our write. A server that takes the connection and says nothing may have. */
async function callNobody(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { channel } = world
    const doubtOf = async (listing: string) => (await world.query<Doubt>(DOUBT_SQL, { listing }))[0]
    await (await world.worker("worker", { plantedBug })).begin()
    await world.query(
      `UPDATE hub_connection SET options = options || '{"base_url": "http://nobody.invalid"}', updated_at = clock_timestamp()`
    )
    await world.setStock({ P01: 1 })
    await within(PATIENCE_MS, "the write to nobody has failed", async () => {
      return (await doubtOf("L-P01"))?.state_reason === "transient"
    })
    hold((await doubtOf("L-P01"))?.is_unknown === false, "What cannot have arrived is not unknown")
    await world.query(
      "UPDATE hub_connection SET options = options || jsonb_build_object('base_url', CAST(:url AS text)), updated_at = clock_timestamp()",
      { url: channel.url }
    )
    await world.quiet(PATIENCE_MS)
    process.kill(world.channelPid(channel), "SIGSTOP")
    try {
      await world.setStock({ P02: 2 })
      await within(PATIENCE_MS, "the write that nobody answers has been given up", async () => {
        return (await doubtOf("L-P02"))?.state_reason === "unknown"
      })
      hold((await doubtOf("L-P02"))?.is_unknown === true, "What may have arrived is unknown, and looked at again")
    } finally {
      process.kill(world.channelPid(channel), "SIGCONT")
    }
    await world.quiet(PATIENCE_MS + LEASE_MS)
    await holdTruth(world)
    return "no such name: failed; no answer: unknown"
  })
}

export const nobodyThereRow: FaultRow = {
  row: "27",
  title: "a name that does not exist, a server that says nothing",
  inNpmTest: false,
  needsShop: false,
  run: (context) => callNobody(context, null),
  control: (context) => callNobody(context, "takes no answer for a refusal"),
}
