import { forkFakeShopify } from "../../../fakes/shopify/fork-fake-shopify"
import { forkSimulators } from "../../../src/connectors/simulator/server/fork-simulators"
import type { ChannelSettings } from "../replay-input"

export interface SoldLine {
  readonly sku: string | null
  readonly sold: number
}

export interface PlacedOrder {
  readonly id: string
  readonly lines: readonly {
    readonly id: string
    readonly sku: string | null
    readonly quantity: number
    readonly cancelled_quantity: number
  }[]
  readonly sold: readonly SoldLine[]
}

/** A fake channel in another process, as its shoppers and its operator see it. */
export class RunningChannel {
  constructor(
    readonly name: string,
    readonly url: string,
    readonly token: string
  ) {}

  /** A shopper orders. Null when nothing of it is in stock. */
  async order(body: unknown): Promise<PlacedOrder | null> {
    const response = await this.post("/shop/orders", body)
    if (response.status === 409) {
      return null
    }
    const answer = (await this.json(response)) as { order: Omit<PlacedOrder, "sold">; sold: SoldLine[] }
    return { ...answer.order, sold: answer.sold }
  }

  async cancel(orderId: string, lines: readonly { line_id: string; quantity: number }[]): Promise<void> {
    await this.json(await this.post(`/shop/orders/${orderId}/cancel`, { lines }))
  }

  /** Goods come back of an order from before anybody can remember. */
  async returnGoods(body: unknown): Promise<void> {
    await this.json(await this.post("/shop/returns", body))
  }

  async subscribe(url: string, secret: string): Promise<void> {
    const response = await fetch(`${this.url}/v1/webhook`, {
      method: "PUT",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ url, secret }),
    })
    await this.json(response)
  }

  async get<Answer>(path: string): Promise<Answer> {
    return (await this.json(await fetch(this.url + path))) as Answer
  }

  private post(path: string, body: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
  }

  private async json(response: Response): Promise<unknown> {
    const text = await response.text()
    if (!response.ok) {
      throw new Error(
        `${this.name} answered ${response.status} at ${new URL(response.url).pathname}: ${text.slice(0, 300)}`
      )
    }
    return text === "" ? null : JSON.parse(text)
  }
}

export interface SimulatorProcess {
  readonly channels: readonly RunningChannel[]
  /** Id of the process that hosts them all. */
  readonly pid: number | undefined
  stop(): Promise<void>
}

/** What Shopify is told of the same shop. */
const toShopify = ({ name, port, token, listings = [], locations = [] }: ChannelSettings) => ({
  name,
  token,
  port,
  latency_ms: 60,
  locations: locations.map((location) => ({ name: location.name })),
  products: listings.map(({ sku, title, quantity }) => ({ sku, title, quantity })),
})

/** Starts fake channels, simulators in one process and a fake Shopify in another, and waits until all of them answer. */
export async function startChannels(settings: readonly ChannelSettings[]): Promise<SimulatorProcess> {
  const simulated = settings.filter(({ isShopify }) => !isShopify).map(({ isShopify: _, ...simulator }) => simulator)
  const [forked, shopify] = await Promise.all([
    forkSimulators(simulated),
    Promise.all(settings.filter(({ isShopify }) => isShopify).map((each) => forkFakeShopify(toShopify(each)))),
  ])
  const urls = new Map([...forked.simulators, ...shopify].map(({ name, url }) => [name, url]))
  return {
    channels: settings.map(({ name, token }) => new RunningChannel(name, urls.get(name) ?? "", token)),
    pid: forked.pid,
    stop: async () => {
      await Promise.all([forked.stop(), ...shopify.map((fake) => fake.stop())])
    },
  }
}
