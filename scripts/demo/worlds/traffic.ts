import { setTimeout as sleep } from "node:timers/promises"
import type { DemoOptions } from "../options"
import { seededRandom } from "../random"
import type { AdminApi } from "../shop/admin-api"
import type { Catalogue } from "../shop/catalogue"
import type { SalesLedger } from "./sales-ledger"
import type { PlacedOrder, RunningChannel } from "./simulators"

/** Of all buyers, so many come to Medusa's own shop. */
const OWN_SHOP_SHARE = 0.1
/** Of all orders on channels, so many are cancelled again a little later. */
const CANCEL_SHARE = 0.04
/** Every so many buyers, a delivery arrives for something that has run out. */
const RESTOCK_EVERY = 8
const RESTOCK_UNITS = 12

/** Made-up buyers: they come to every channel and to Medusa's own shop at once, mostly for the same few things. */
export class Traffic {
  private readonly random: () => number
  private readonly parts: ReadonlyMap<string, readonly { sku: string; quantity: number }[]>
  private readonly skus: readonly string[]
  private readonly wanted: string[] = []

  constructor(
    private readonly api: AdminApi,
    private readonly channels: readonly RunningChannel[],
    catalogue: Catalogue,
    private readonly ledger: SalesLedger,
    private readonly restock: (sku: string, units: number) => Promise<void>,
    private readonly options: DemoOptions
  ) {
    this.random = seededRandom(options.seed)
    this.parts = new Map([
      ...catalogue.products.map(
        (product) =>
          [product.sku, product.parts.length > 0 ? product.parts : [{ sku: product.sku, quantity: 1 }]] as const
      ),
      ...catalogue.multipacks.map((pack) => [pack.sku, [{ sku: pack.of, quantity: pack.packSize }]] as const),
    ])
    this.skus = [...this.parts.keys()]
  }

  /** Sends buyers until it is stopped. One that fails is one that went away. */
  async run(isStopped: () => boolean): Promise<void> {
    const pauseMs = 1_000 / (this.options.speed === "max" ? 50 : this.options.speed)
    const own = await this.openOwnShop()
    for (let buyer = 1; !isStopped(); buyer += 1) {
      void (this.random() < OWN_SHOP_SHARE ? own() : this.buyOnChannel()).catch(() => undefined)
      const sku = buyer % RESTOCK_EVERY === 0 ? this.wanted.shift() : undefined
      if (sku !== undefined) {
        this.ledger.move(sku, RESTOCK_UNITS)
        await this.restock(sku, RESTOCK_UNITS)
      }
      await sleep(pauseMs)
    }
  }

  /** Few things are wanted much and many a little. */
  private pick(): string {
    return this.skus[Math.floor(this.random() ** 3 * this.skus.length)] ?? ""
  }

  private basket(): { sku: string; quantity: number }[] {
    const skus = new Set(Array.from({ length: 1 + Math.floor(this.random() * 3) }, () => this.pick()))
    return [...skus].map((sku) => ({ sku, quantity: 1 + Math.floor(this.random() * 2) }))
  }

  private count(sku: string, units: number, move: (sku: string, units: number) => void): void {
    for (const part of this.parts.get(sku) ?? []) {
      move(part.sku, units * part.quantity)
    }
  }

  private async buyOnChannel(): Promise<void> {
    const channel = this.channels[Math.floor(this.random() * this.channels.length)]
    const basket = this.basket()
    const order = await channel?.order({ lines: basket })
    const sold = new Map(order?.sold.map((line) => [line.sku, line.sold]))
    for (const { sku, quantity } of basket) {
      const units = sold.get(sku) ?? 0
      this.count(sku, units, (part, pieces) => this.ledger.sell(part, pieces))
      if (units < quantity) {
        this.wanted.push(...(this.parts.get(sku) ?? []).map((part) => part.sku))
      }
    }
    if (channel && order && this.random() < CANCEL_SHARE) {
      await this.cancelLater(channel, order)
    }
  }

  private async cancelLater(channel: RunningChannel, order: PlacedOrder): Promise<void> {
    await sleep(3_000)
    await channel.cancel(
      order.id,
      order.lines.map((line) => ({ line_id: line.id, quantity: line.quantity }))
    )
    for (const line of order.lines) {
      this.count(line.sku ?? "", line.quantity, (part, pieces) => this.ledger.move(part, pieces))
    }
  }

  /** Medusa's own shop: a draft order that becomes an order reserves stock like a checkout does. */
  private async openOwnShop(): Promise<() => Promise<void>> {
    const { regions } = await this.api.get<{ regions: { id: string }[] }>("/admin/regions")
    const { sales_channels: shops } = await this.api.get<{ sales_channels: { id: string; name: string }[] }>(
      "/admin/sales-channels?limit=100"
    )
    const { variants } = await this.api.get<{ variants: { id: string; sku: string }[] }>(
      "/admin/product-variants?limit=1000&fields=id,sku"
    )
    const shop = shops.find((candidate) => candidate.name === "Web shop")
    return async () => {
      const variant = variants[Math.floor(this.random() ** 3 * variants.length)]
      const { draft_order: draft } = await this.api.post<{ draft_order: { id: string } }>("/admin/draft-orders", {
        email: "buyer@example.com",
        region_id: regions[0]?.id,
        sales_channel_id: shop?.id,
        items: [{ variant_id: variant?.id, quantity: 1 }],
      })
      await this.api.post(`/admin/draft-orders/${draft.id}/convert-to-order`, {})
      this.count(variant?.sku ?? "", 1, (part, pieces) => this.ledger.sell(part, pieces))
    }
  }
}
