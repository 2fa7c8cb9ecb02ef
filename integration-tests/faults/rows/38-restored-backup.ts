import { markConnectionUnknown } from "../../../src/engine/mark"
import { requestRun } from "../../../src/engine/runs/request-run"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import type { FaultWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, holdNone, within } from "../harness/promise"
import { sendWebhook } from "../harness/webhook-load"

const PATIENCE_MS = 120_000
const SKU = "P20"
const LISTING = `L-${SKU}`
const SOLD = 7

/** The database goes back to before a sale, the channels do not. Then somebody does what the manual says. */
async function restore(
  context: FaultContext,
  name: string,
  afterwards: (world: FaultWorld, connectionId: string) => Promise<unknown>
): Promise<string> {
  const shared = await context.shop()
  const { world } = shared
  const backup = `${world.database}_backup`
  const shop = await shared.shop()
  const seller = await shared.connect({ name: `${name} seller` })
  const other = await shared.connect({ name: `${name} other` })
  try {
    await world.quiet(PATIENCE_MS)
    const opening = (await seller.shown(LISTING)) ?? 0
    hold(opening > SOLD, `There are ${opening} to sell`)
    await shop.terminate()
    await context.server.backUp(world.database, backup)
    const first = await shared.shop()
    const order = await seller.order({ lines: [{ sku: SKU, quantity: SOLD }] })
    const status = await sendWebhook(first.url, seller, { id: `evt-${order?.id}`, type: "order.placed", data: order })
    hold(status === 200, `The order is taken in, not ${status}`)
    await within(PATIENCE_MS, "the other channel hears of the sale", async () => {
      return (await other.shown(LISTING)) === opening - SOLD
    })
    await world.quiet(PATIENCE_MS)
    await first.kill()
    await context.server.backUp(backup, world.database)
    const before = new Map([seller, other].map((channel) => [channel, 0]))
    for (const channel of before.keys()) {
      before.set(channel, (await channel.writes()).length)
    }
    await afterwards(world, seller.connectionId)
    await afterwards(world, other.connectionId)
    await shared.shop()
    await within(PATIENCE_MS, "the order is here again", async () => {
      const rows = await world.query(
        "SELECT 1 FROM hub_external_reference WHERE connection_id = :id AND external_version > 0",
        {
          id: seller.connectionId,
        }
      )
      return rows.length === 1
    })
    await world.quiet(PATIENCE_MS)
    for (const [channel, since] of before) {
      const raised = (await channel.writes(since)).filter(
        (write) => write.listing_id === LISTING && write.quantity > opening - SOLD
      )
      holdNone(
        raised.map((write) => `${channel.name} was told ${write.quantity}`),
        `Nothing sold is offered again (at most ${opening - SOLD})`
      )
    }
    await holdTruth(world)
    return `${SOLD} sold units stayed sold`
  } finally {
    await shared.disconnect(seller)
    await shared.disconnect(other)
    await context.server.drop(backup)
  }
}

export const restoredBackupRow: FaultRow = {
  row: "38",
  title: "a backup is restored: the database goes back, the channels do not",
  inNpmTest: false,
  needsShop: true,
  run: (context) =>
    restore(context, "Row 38", (world, connectionId) =>
      requestRun(world.sql, { kind: "reconcile", connectionId, scope: {}, requestedBy: "faults" })
    ),
  // Everything is simply written once more, from a stock that knows nothing of the sale.
  control: (context) =>
    restore(context, "Row 38 control", (world, connectionId) => markConnectionUnknown(world.sql, connectionId)),
}
