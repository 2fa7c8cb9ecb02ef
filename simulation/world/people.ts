import type { Level, Reservation } from "./shop"
import type { World } from "./world"

/** Everybody who changes something without asking the hub: Medusa's own buyers, the warehouse, the merchant. */
export class People {
  /** Baskets of Medusa's own checkout. */
  private readonly own: Reservation[][] = []

  constructor(private readonly world: World) {}

  private level(): { itemId: string; locationId: string; level: Level } {
    const { kernel, shape, shop } = this.world
    const itemId = kernel.random.pick(shape.itemIds) ?? ""
    const locationId = kernel.random.pick(shape.locationIds) ?? ""
    return { itemId, locationId, level: shop.level(itemId, locationId) }
  }

  /** Somebody buys in Medusa itself, which refuses what is not there. */
  buy(): void {
    const { itemId, locationId, level } = this.level()
    if (level.stocked - level.reserved < 1) {
      return
    }
    this.own.push([this.world.shop.reserve({ lineItemId: null, itemId, locationId, quantity: 1 })])
    this.world.note(`Medusa sells 1 × ${itemId} at ${locationId}`)
  }

  /** A basket of Medusa's own is shipped or given up. */
  endOwn(): void {
    const { random } = this.world.kernel
    const basket = this.own.splice(random.below(this.own.length), 1)[0]
    if (basket) {
      const ships = random.chance(0.7)
      basket.forEach(({ id }) => this.world.shop.release(id, ships))
      this.world.note(`Medusa ${ships ? "ships" : "gives up"} ${basket[0]?.itemId ?? ""}`)
    }
  }

  /** An order that came from a channel is packed, shipped or cancelled in Medusa. */
  handleOrder(): void {
    const { kernel, shop } = this.world
    const order = kernel.random.pick([...shop.orders.values()].slice(-12))
    // Nobody is quick enough to ship an order within the moment in which it is made.
    const isBeingMade = this.world.workers.some(({ workingOn }) => workingOn.has(order?.id ?? ""))
    if (!order || order.isCanceled || order.hasFulfillment || isBeingMade) {
      return
    }
    const ships = kernel.random.chance(0.8)
    for (const lineItemId of order.quantities.keys()) {
      for (const { id } of shop.reservationsOf(lineItemId)) {
        shop.release(id, ships)
      }
    }
    order.hasFulfillment = ships
    order.isCanceled = !ships
    const channelOrder = this.world.channelOrder(order.externalId)
    if (channelOrder) {
      channelOrder.isLeftToPeople = true
    }
    this.world.note(`a person ${ships ? "ships" : "cancels"} ${order.externalId} in Medusa`)
  }

  /** Goods come in, are counted, or are written off, also below what is promised. */
  correct(): void {
    const { itemId, locationId, level } = this.level()
    const { random } = this.world.kernel
    const stocked = random.chance(0.6) ? level.stocked + random.between(1, 6) : random.between(0, 8)
    this.world.shop.change(itemId, locationId, { stocked: stocked - level.stocked })
    this.world.note(`somebody counts ${stocked} × ${itemId} at ${locationId}`)
  }
}
