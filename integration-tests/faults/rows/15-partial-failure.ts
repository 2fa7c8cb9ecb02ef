import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold } from "../harness/promise"

const PATIENCE_MS = 30_000

/** Listings that the hub believes in and the channel does not know. */
const GONE = ["L-GONE-1", "L-GONE-2"]

/** One call carries good and bad items; another breaks down half way. */
async function failInPart(context: FaultContext, plantedBug: string | null): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { channel } = world
    const { connectionId } = channel
    for (const id of GONE) {
      await world.query(
        `INSERT INTO hub_listing (id, company_id, connection_id, external_id, external_sku, title, variant_id, link_state, pack_size)
         SELECT :id, 'hcomp_default', :connectionId, :id, 'P03', 'Gone', v.id, 'linked', 1 FROM product_variant v WHERE v.sku = 'P03'`,
        { id, connectionId }
      )
      await world.query(
        `INSERT INTO hub_listing_state (id, company_id, connection_id, listing_id, external_location_id)
         VALUES ('state-' || :id, 'hcomp_default', :connectionId, :id, '*')`,
        { id, connectionId }
      )
    }
    await (await world.worker("worker", { plantedBug })).begin()
    await world.setStock({ P01: 2, P02: 3, P03: 4 })
    await world.quiet(PATIENCE_MS)
    await holdTruth(world, { except: new Set(GONE) })
    const issues = await world.query<{ listing_id: string; message: string }>(
      "SELECT listing_id, message FROM hub_issue WHERE resolved_at IS NULL"
    )
    hold(
      issues.length === GONE.length && issues.every((issue) => issue.message.includes(issue.listing_id)),
      `Each bad item has one issue that names it, not ${issues.map(({ message }) => message).join("; ")}`
    )
    await channel.behave({ chaos: { partial_rate: 1 } })
    const { errors_injected: before } = await channel.stats()
    await world.setStock({ P05: 1, P06: 2, P07: 3, P08: 4 })
    while ((await channel.stats()).errors_injected === before) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await channel.behave({ chaos: { partial_rate: 0 } })
    await world.quiet(PATIENCE_MS)
    await holdTruth(world, { except: new Set(GONE) })
    return "good items arrive, each bad one is named"
  })
}

export const partialFailureRow: FaultRow = {
  row: "15",
  title: "a call that fails in part",
  inNpmTest: false,
  needsShop: false,
  run: (context) => failInPart(context, null),
  control: (context) => failInPart(context, "fails a call for one bad item"),
}
