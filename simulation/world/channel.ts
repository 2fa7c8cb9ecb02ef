import type { HubFailure } from "../../src/lib/errors"
import type { ExternalOrder } from "../../src/types/channel"
import type { ExternalListingId, ExternalLocationId } from "../../src/types/ids"
import type { ConnectionShape } from "./shape"
import type { Slot } from "./slot"
import type { World } from "./world"

export interface ChannelLine {
  readonly id: string
  readonly slot: Slot
  readonly quantity: number
  cancelled: number
}

export interface ChannelOrder {
  readonly externalId: string
  readonly lines: readonly ChannelLine[]
  version: number
  updatedAt: number
  /** Numbers that changed by themselves with a version that the hub has not taken over yet. */
  unseen: { readonly version: number; readonly slot: Slot }[]
  /** People dealt with it in Medusa, so what is reserved for it is theirs to say. */
  isLeftToPeople: boolean
}

/** A channel: shows numbers, sells what it shows, keeps its own orders, tells us of them more or less reliably. */
export class Channel {
  readonly orders = new Map<string, ChannelOrder>()
  /** Whether it lets us in. */
  isOpen = true
  private ordersMade = 0
  private messages = 0

  constructor(
    readonly shape: ConnectionShape,
    private readonly world: World
  ) {}

  get slots(): readonly Slot[] {
    return this.world.slotsOf(this.shape)
  }

  /** A buyer puts one or two things into the basket and pays. */
  sell(): void {
    const { random } = this.world.kernel
    const inStock = this.slots.filter(({ shown }) => shown > 0)
    const slots = new Set([random.pick(inStock), random.chance(0.2) ? random.pick(inStock) : undefined])
    slots.delete(undefined)
    if (slots.size === 0) {
      return
    }
    this.ordersMade += 1
    const externalId = `${this.shape.id}#${this.ordersMade}`
    const lines: ChannelLine[] = []
    for (const slot of slots) {
      if (slot) {
        const quantity = Math.min(slot.shown, random.between(1, 2))
        lines.push({ id: `L${lines.length + 1}`, slot, quantity, cancelled: 0 })
      }
    }
    const order: ChannelOrder = {
      externalId,
      lines,
      version: 1,
      updatedAt: this.world.now,
      unseen: [],
      isLeftToPeople: false,
    }
    this.orders.set(externalId, order)
    for (const { slot, quantity } of lines) {
      this.move(order, slot, -quantity)
    }
    this.world.note(
      `${externalId} sells ${lines.map(({ slot, quantity }) => `${quantity} × ${slot.id}`).join(" and ")}`
    )
    this.announce(order)
  }

  /** A buyer or the channel takes something back. The channel may put it on sale again by itself, or not. */
  cancel(): void {
    const { random } = this.world.kernel
    const order = random.pick([...this.orders.values()].slice(-12))
    const line = order && random.pick(order.lines.filter(({ quantity, cancelled }) => cancelled < quantity))
    if (!order || !line) {
      return
    }
    order.version += 1
    order.updatedAt = this.world.now
    const units = random.between(1, line.quantity - line.cancelled)
    line.cancelled += units
    this.move(order, line.slot, random.chance(0.7) ? units : 0)
    this.world.note(`${order.externalId} version ${order.version} gives back ${units} × ${line.slot.id}`)
    this.announce(order)
  }

  private move(order: ChannelOrder, slot: Slot, units: number): void {
    slot.shown += units
    slot.unseen += 1
    order.unseen.push({ version: order.version, slot })
    this.world.touch(slot)
    this.tellStock(slot)
  }

  /** The hub has taken over everything up to a version. */
  taken(order: ChannelOrder, version: number): void {
    for (const change of order.unseen.filter((change) => change.version <= version)) {
      change.slot.unseen -= 1
      this.world.touch(change.slot)
    }
    order.unseen = order.unseen.filter((change) => change.version > version)
  }

  snapshot(order: ChannelOrder): ExternalOrder {
    return {
      externalId: order.externalId,
      number: order.externalId,
      version: order.version,
      placedAt: "2026-01-01T00:00:00.000Z",
      currencyCode: "eur",
      email: null,
      lines: order.lines.map(({ id, slot, quantity, cancelled }) => ({
        externalLineId: id,
        externalListingId: slot.listing.externalId as ExternalListingId,
        externalLocationId: slot.externalLocationId as ExternalLocationId,
        sku: null,
        title: slot.listing.id,
        quantity,
        cancelledQuantity: cancelled,
        unitPrice: "1",
      })),
    }
  }

  private announce(order: ChannelOrder): void {
    this.messages += 1
    const messageId = `message${this.messages}`
    const message = { topic: "order", order: this.snapshot(order) } as const
    this.world.deliver(() => {
      if (this.world.hub.accept(messageId, { ...this.addressed(order.externalId), message })) {
        this.world.note(`the message on ${order.externalId} version ${message.order.version} is stored`)
      }
    })
  }

  /** What it shows now, as a webhook. It may be our own write that comes back. */
  tellStock(slot: Slot): void {
    const { random } = this.world.kernel
    if (!random.chance(0.3)) {
      return
    }
    this.messages += 1
    const messageId = `message${this.messages}`
    const message = {
      topic: "stock",
      slot,
      quantity: slot.shown,
      occurredAt: this.world.now + this.shape.clockSkewMs,
    } as const
    this.world.deliver(() => void this.world.hub.accept(messageId, { ...this.addressed(slot.id), message }))
  }

  /** Tells what it shows, after a while. Anything may happen before and after the moment at which it looks. */
  read(slots: readonly Slot[], answer: (shown: ReadonlyMap<Slot, number> | HubFailure) => void): void {
    const { kernel, isCalm, shape } = this.world
    const isLost = !isCalm && kernel.random.chance(shape.roughness.callFails / 2)
    kernel.after(kernel.random.around(60), () => {
      const shown = new Map(slots.map((slot) => [slot, slot.shown]))
      const failure: HubFailure | null = !this.isOpen
        ? { kind: "auth", message: "credentials refused" }
        : isLost
          ? { kind: "transient", message: "the reading got lost" }
          : null
      kernel.after(kernel.random.around(40), () => answer(failure ?? shown))
    })
  }

  /** Somebody else puts a number there. */
  edit(): void {
    const { random } = this.world.kernel
    const slot = random.pick(this.slots)
    if (slot) {
      slot.shown = random.between(0, 9)
      slot.foreignAt = this.world.now
      this.world.touch(slot)
      this.world.note(`somebody sets ${slot.id} to ${slot.shown} on the channel`)
    }
  }

  /** Reading the orders back finds those whose messages got lost. */
  poll(since: number): void {
    for (const order of this.orders.values()) {
      if (order.updatedAt >= since) {
        const message = { topic: "order", order: this.snapshot(order) } as const
        const messageId = `poll ${order.externalId} ${order.version}`
        const known = this.world.hub.references.get(`${this.shape.id} ${order.externalId}`)
        if (
          (known?.version ?? 0) < order.version &&
          this.world.hub.accept(messageId, { ...this.addressed(order.externalId), message })
        ) {
          this.world.note(`${order.externalId} version ${order.version} is read back`)
        }
      }
    }
  }

  private addressed(entity: string): {
    readonly connection: ConnectionShape
    readonly entityKey: string
    readonly receivedAt: number
  } {
    return { connection: this.shape, entityKey: `${this.shape.id} ${entity}`, receivedAt: this.world.now }
  }
}
