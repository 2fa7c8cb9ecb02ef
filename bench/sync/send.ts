import { createHttpClient } from "../../src/http/http-client"
import type { HttpClient } from "../../src/types/http-port"
import { externalId, TOKEN } from "./layout"

export interface Item {
  readonly sku: number
  readonly quantity: number
}

export const openChannel = (url: string): HttpClient =>
  createHttpClient({ baseUrl: url, timeoutMs: 15_000, allowPrivateAddresses: ["127.0.0.1"] })

/**
 * One call to a channel, with the hub's own HTTP client and nothing else of the hub.
 *
 * @throws when the channel does not take every item: a benchmark of refusals would mean nothing
 */
export async function sendItems(channel: HttpClient, key: string, items: readonly Item[]): Promise<void> {
  const response = await channel.request({
    method: "POST",
    path: "/v1/inventory/set",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: {
      idempotency_key: key,
      items: items.map(({ sku, quantity }) => ({ listing_id: externalId(sku), location_id: "*", quantity })),
    },
  })
  if (response.status !== 200) {
    throw new Error(`The channel answered ${response.status}.`)
  }
}
