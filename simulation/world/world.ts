import type { LaneRow } from "../../src/engine/lane/lane-row"
import type { StaleCause } from "../../src/types/states"
import type { ExternalOrder, StockWriteOutcome } from "../../src/types/channel"
import { Checks } from "../invariants/checks"
import { Kernel } from "../kernel/kernel"
import { PRODUCTION, type Reducers } from "../reducers"
import { Channel, type ChannelOrder } from "./channel"
import { isExclusive, roomFor } from "./exclusive"
import { HubStore } from "./hub-store"
import { truthOf } from "./oracle"
import { chooseShape, type ConnectionShape, type WorldShape } from "./shape"
import { Shop } from "./shop"
import { newSlot, type PendingWrite, type Slot } from "./slot"
import { Surroundings } from "./surroundings"
import { Worker } from "./worker"

interface Hit {
  readonly causedAt: number
  readonly urgency: number
  readonly cause: StaleCause
  readonly sold: number
}

/** Variant units, rounded up. */
function soldUnits({ listing }: Slot, itemId: string, sold: number): number {
  const required = listing.variant.components.find((component) => component.itemId === itemId)?.required ?? 1
  return Math.ceil(sold / required)
}

/** The sweep looks back this far. */
const SWEEP_WITHIN_MS = 120_000
const STAMP_MARGIN_MS = 15_000

/** Everything there is: Medusa, the channels, the hub's rows, its processes, and what goes wrong between them. */
export class World {
  readonly kernel: Kernel
  readonly shape: WorldShape
  readonly shop: Shop
  readonly hub: HubStore
  readonly channels: readonly Channel[]
  readonly slots: readonly Slot[]
  /** Listings that share stock out among themselves. */
  readonly exclusiveSlots: readonly Slot[]
  readonly workers: readonly Worker[]
  readonly surroundings: Surroundings
  readonly checks: Checks
  /** Nothing fails any more. */
  isCalm = false
  /** When a listing last began or ceased to be refused. */
  poisonedAt = 0
  writesSent = 0
  callsSent = 0
  private readonly slotsByConnection = new Map<ConnectionShape, Slot[]>()
  private readonly slotsByLevel = new Map<string, Slot[]>()
  private readonly channelsByShape = new Map<ConnectionShape, Channel>()

  constructor(
    seed: number,
    readonly reducers: Reducers = PRODUCTION
  ) {
    this.kernel = new Kernel(seed)
    this.shape = chooseShape(this.kernel.random)
    this.hub = new HubStore(this.shape.connections, this.now)
    this.shop = new Shop(this)
    this.checks = new Checks(this)
    this.slots = this.shape.connections.flatMap((connection) => this.makeSlots(connection))
    this.exclusiveSlots = this.slots.filter(isExclusive)
    this.channels = this.shape.connections.map((shape) => {
      const channel = new Channel(shape, this)
      this.channelsByShape.set(shape, channel)
      return channel
    })
    for (const itemId of this.shape.itemIds) {
      for (const locationId of this.shape.locationIds) {
        this.shop.change(itemId, locationId, { stocked: this.kernel.random.between(0, 10) })
      }
    }
    this.workers = Array.from({ length: this.shape.workers }, (_, index) => new Worker(`worker${index + 1}`, this))
    this.surroundings = new Surroundings(this)
    this.workers.forEach((worker) => worker.start())
    this.surroundings.begin()
  }

  get now(): number {
    return this.kernel.now
  }

  /** One event, and then everything that must hold. */
  step(): boolean {
    const happened = this.kernel.step()
    this.checks.afterStep()
    return happened
  }

  note(line: string): void {
    this.kernel.journal.note(line)
  }

  touch(slot: Slot): void {
    this.checks.touch(slot)
  }

  slotsOf(connection: ConnectionShape): readonly Slot[] {
    return this.slotsByConnection.get(connection) ?? []
  }

  channelOf(connection: ConnectionShape): Channel {
    const channel = this.channelsByShape.get(connection)
    if (!channel) {
      throw new Error(`There is no channel ${connection.id}.`)
    }
    return channel
  }

  channelOrder(externalId: string): ChannelOrder | undefined {
    for (const channel of this.channels) {
      const order = channel.orders.get(externalId)
      if (order) {
        return order
      }
    }
    return undefined
  }

  private makeSlots(connection: ConnectionShape): Slot[] {
    const slots = connection.listings.flatMap((listing) =>
      [...connection.feeding].map(([externalLocationId, feeding]) =>
        newSlot(connection, listing, { externalLocationId, feeding, now: this.now })
      )
    )
    this.slotsByConnection.set(connection, slots)
    for (const slot of slots) {
      for (const { itemId } of slot.listing.variant.components) {
        for (const locationId of slot.feeding) {
          const key = `${itemId}@${locationId}`
          const known = this.slotsByLevel.get(key) ?? []
          known.push(slot)
          this.slotsByLevel.set(key, known)
        }
      }
    }
    return slots
  }

  /** What the slot should show now, given what other exclusive listings may still be showing. */
  expected(slot: Slot): number {
    const ceiling = isExclusive(slot) ? roomFor(this, slot) : null
    return ceiling === null ? slot.truth : truthOf(slot, (item, location) => this.shop.level(item, location), ceiling)
  }

  // --- what the database does ----------------------------------------------------------------------------------------

  setRow(slot: Slot, row: LaneRow): void {
    this.checks.atChange(slot, row)
    slot.row = row
    if (slot.causes.length > 0) {
      slot.causes = slot.causes.filter(({ version }) => version > row.ackedVersion)
    }
    this.touch(slot)
  }

  mark(slot: Slot, row: LaneRow, causedAt: number): void {
    this.setRow(slot, row)
    slot.causes.push({ version: row.staleVersion, causedAt })
    slot.isMissed = false
  }

  /** The trigger on Medusa's stock table, in the transaction that changes a level. */
  captureChange(change: {
    readonly itemId: string
    readonly locationId: string
    readonly before: number
    readonly after: number
    /** Units newly reserved. */
    readonly sold: number
    /** The stock itself changed, other than by handing out what had been reserved. */
    readonly isEdit: boolean
  }): void {
    const { itemId, locationId, before, after, sold, isEdit } = change
    const slots = this.slotsByLevel.get(`${itemId}@${locationId}`) ?? []
    const isLost = !this.isCalm && this.kernel.random.chance(this.shape.roughness.captureLost)
    for (const slot of slots) {
      slot.truth = truthOf(slot, (item, location) => this.shop.level(item, location))
      slot.truthVersion += 1
      slot.editedVersion = isEdit || isLost ? slot.truthVersion : slot.editedVersion
      slot.captured += isLost ? 0 : 1
      slot.isMissed ||= isLost
      this.touch(slot)
    }
    if (!isLost) {
      const urgency = after >= before ? 0 : after <= 0 ? 9 : 1 + Math.floor((7 * (before - after)) / before)
      this.hub.captured.push({ itemId, locationId, causedAt: this.now, urgency, sold, cause: isEdit ? "edit" : "sale" })
    }
  }

  /** The marker: takes captured changes away, in any order, and marks what depends on them. */
  drainCaptured(): void {
    const { captured } = this.hub
    if (captured.length === 0) {
      return
    }
    const isAll = this.isCalm || this.kernel.random.chance(0.7)
    const taken = isAll ? captured : captured.filter(() => this.kernel.random.chance(0.5))
    this.hub.captured = isAll ? [] : captured.filter((change) => !taken.includes(change))
    const hits = new Map<Slot, Hit>()
    for (const { itemId, locationId, causedAt, urgency, sold, cause } of taken) {
      for (const slot of this.slotsByLevel.get(`${itemId}@${locationId}`) ?? []) {
        const hit = hits.get(slot)
        hits.set(slot, {
          causedAt: Math.min(hit?.causedAt ?? causedAt, causedAt),
          urgency: Math.max(hit?.urgency ?? 0, urgency),
          cause: hit?.cause === "edit" ? "edit" : cause,
          sold: (hit?.sold ?? 0) + soldUnits(slot, itemId, sold),
        })
        slot.captured -= 1
      }
    }
    for (const [slot, hit] of hits) {
      this.mark(slot, this.reducers.markStale(slot.row, hit), hit.causedAt)
    }
    if (hits.size > 0) {
      this.note(`${hits.size} listings are marked`)
    }
  }

  /** Levels that changed lately and that no claim has looked at since. */
  sweepRecent(): void {
    for (const itemId of this.shape.itemIds) {
      for (const locationId of this.shape.locationIds) {
        const { updatedAt } = this.shop.level(itemId, locationId)
        if (updatedAt > this.now - SWEEP_WITHIN_MS) {
          for (const slot of this.slotsByLevel.get(`${itemId}@${locationId}`) ?? []) {
            if (slot.lookedAt < updatedAt + STAMP_MARGIN_MS) {
              this.mark(slot, this.reducers.markStale(slot.row, { causedAt: this.now, urgency: 0 }), this.now)
            }
          }
        }
      }
    }
  }

  /** Everything that is not pending, as after every start of a process. */
  sweepEverything(): void {
    for (const slot of this.slots) {
      if (slot.row.staleVersion <= slot.row.ackedVersion) {
        this.mark(slot, this.reducers.markStale(slot.row, { causedAt: this.now, urgency: 0 }), this.now)
      }
    }
  }

  isIngesting(order: ChannelOrder): boolean {
    const connection = order.lines[0]?.slot.connection.id ?? ""
    return this.hub.isBusy(`${connection} ${order.externalId}`)
  }

  /** A person asks for another try. */
  retry(slot: Slot): void {
    slot.row = { ...slot.row, flipCount: 0, flipSince: null }
    this.mark(slot, this.reducers.markStale(slot.row, { causedAt: this.now, urgency: 0 }), this.now)
  }

  // --- what channels do ----------------------------------------------------------------------------------------------

  applyWrite(write: PendingWrite): StockWriteOutcome {
    const { slot, quantity, compareWith, readVersion } = write
    this.touch(slot)
    if (compareWith !== null && compareWith !== slot.shown) {
      return { status: "conflict", observed: slot.shown }
    }
    this.checks.atApply(write)
    slot.newestApplied = Math.max(slot.newestApplied, readVersion)
    slot.shown = quantity
    slot.foreignAt = null
    this.channelOf(slot.connection).tellStock(slot)
    return { status: "accepted" }
  }

  /** A process may stand still after its last look at the clock and before its call leaves it, for a while. */
  freezeMs({ lateApplyWindowMs }: ConnectionShape): number {
    const { random } = this.kernel
    const isFrozen = !this.isCalm && this.shape.roughness.callFails > 0 && random.chance(0.01)
    return isFrozen ? random.between(0, lateApplyWindowMs) : 0
  }

  /** A message on its way to us: late, twice or never, in any order. */
  deliver(arrive: () => void): void {
    const { random } = this.kernel
    if (!this.isCalm && random.chance(this.shape.roughness.messageLost)) {
      return
    }
    const copies = random.chance(0.1) ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      this.kernel.after(random.chance(0.1) ? random.between(1_000, 30_000) : random.around(300), arrive)
    }
  }

  taken(connection: ConnectionShape, order: ExternalOrder): void {
    const channel = this.channelOf(connection)
    const known = channel.orders.get(order.externalId)
    if (known) {
      channel.taken(known, order.version)
      this.checks.touchOrder(known)
    }
  }
}
