import { forkSimulators } from "../../../src/connectors/simulator/server/fork-simulators"
import type { SimulatorSettingsInput } from "../../../src/connectors/simulator/server/settings"

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

/** Starts fake channels in a process of their own and waits until all of them answer. */
export async function startChannels(
  settings: readonly (SimulatorSettingsInput & { readonly name: string; readonly token: string })[]
): Promise<SimulatorProcess> {
  const forked = await forkSimulators(settings)
  return {
    channels: settings.map(
      ({ name, token }, index) => new RunningChannel(name, forked.simulators[index]?.url ?? "", token)
    ),
    pid: forked.pid,
    stop: () => forked.stop(),
  }
}
