import { randomUUID } from "node:crypto"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { tellOrder } from "../harness/orders"
import { findWrongListings } from "../harness/oracle"
import { hold, holdNone } from "../harness/promise"
import { sendWebhook } from "../harness/webhook-load"

const TIMES = 100
const PATIENCE_MS = 120_000

const EFFECTS_SQL = `
  SELECT (SELECT count(*) FROM hub_inbox_event e WHERE e.connection_id = :connectionId)::int AS messages,
    count(DISTINCT o.id)::int AS orders, COALESCE(sum(r.quantity), 0)::int AS reserved
  FROM hub_external_reference x LEFT JOIN "order" o ON o.id = x.internal_id
  LEFT JOIN order_item i ON i.order_id = o.id LEFT JOIN reservation_item r ON r.line_item_id = i.item_id AND r.deleted_at IS NULL
  WHERE x.connection_id = :connectionId AND x.entity = 'order'`

/** Every delivery gets an id of its own, as if nobody looked whether it has been here before. */
const FORGETFUL_SQL = `
  CREATE FUNCTION hub_fault_rename() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.event_id := NEW.event_id || random()::text; RETURN NEW;
  END $$;
  CREATE TRIGGER hub_fault_rename BEFORE INSERT ON hub_inbox_event FOR EACH ROW EXECUTE FUNCTION hub_fault_rename()`

/** One message, a hundred times at once. */
async function repeat(context: FaultContext, name: string, isForgetful: boolean): Promise<string> {
  const shared = await context.shop()
  const { world } = shared
  const shop = await shared.shop()
  const channel = await shared.connect({ name })
  if (isForgetful) {
    await world.query(FORGETFUL_SQL)
  }
  try {
    const id = `order-${randomUUID()}`
    const data = tellOrder(id, 1, [{ sku: "P09", quantity: 2, cancelled: 0 }])
    const event = { id: `evt-${id}`, type: "order.placed" as const, data }
    const statuses = await Promise.all(Array.from({ length: TIMES }, () => sendWebhook(shop.url, channel, event)))
    holdNone(statuses.filter((status) => status !== 200).map(String), "Every delivery is answered 200")
    await world.quiet(PATIENCE_MS)
    const [effects] = await world.query<{ messages: number; orders: number; reserved: number }>(EFFECTS_SQL, {
      connectionId: channel.connectionId,
    })
    hold(
      effects?.messages === 1 && effects.orders === 1 && effects.reserved === 2,
      `One message, one order, two units reserved, not ${JSON.stringify(effects)}`
    )
    holdNone(await findWrongListings(world), "Every channel shows what the stock gives")
    return `${TIMES} deliveries, one effect`
  } finally {
    await world.query("DROP TRIGGER IF EXISTS hub_fault_rename ON hub_inbox_event")
    await world.query("DROP FUNCTION IF EXISTS hub_fault_rename")
    await shared.disconnect(channel)
  }
}

export const duplicatesRow: FaultRow = {
  row: "17",
  title: "one webhook a hundred times in parallel",
  inNpmTest: false,
  needsShop: true,
  run: (context) => repeat(context, "Row 17", false),
  control: (context) => repeat(context, "Row 17 control", true),
}
