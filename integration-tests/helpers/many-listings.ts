import type { RunningChannel } from "../../scripts/demo/worlds/simulators"
import { TOKEN, type HubWorld } from "./hub-world"

/** A channel that sells the same mug under many ids: many numbers for one stock level. */
export const openMugChannel = (
  world: HubWorld,
  count: number,
  settings: Parameters<HubWorld["openChannel"]>[0] = {}
): Promise<RunningChannel> =>
  world.openChannel({
    max_batch: 250,
    page_size: 500,
    listings: Array.from({ length: count }, (_, index) => ({ id: mugId(index), sku: "MUG", title: "Mug" })),
    ...settings,
  })

export const mugId = (index: number): string => `M-${String(index).padStart(3, "0")}`

/** Changes how a channel behaves. */
export async function behave(channel: RunningChannel, settings: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${channel.url}/control/settings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(settings),
  })
  if (!answer.ok) {
    throw new Error(await answer.text())
  }
}

/** How often each number is shown. */
export async function tally(world: HubWorld, channel: RunningChannel): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const quantity of Object.values(await world.shown(channel))) {
    counts[quantity] = (counts[quantity] ?? 0) + 1
  }
  return counts
}

export const openIssues = (world: HubWorld): Promise<{ code: string; message: string }[]> =>
  world.query("SELECT code, message FROM hub_issue WHERE resolved_at IS NULL ORDER BY code, message")

let writesByHand = 0

/** Somebody else sets a number on the channel. */
export async function setByHand(channel: RunningChannel, listingId: string, quantity: number): Promise<void> {
  writesByHand += 1
  const answer = await fetch(`${channel.url}/v1/inventory/set`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({
      idempotency_key: `by-hand-${writesByHand}`,
      items: [{ listing_id: listingId, location_id: "*", quantity }],
    }),
  })
  if (!answer.ok) {
    throw new Error(await answer.text())
  }
}
