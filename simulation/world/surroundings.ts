import type { Channel } from "./channel"
import type { ConnectionRecord } from "./hub-store"
import { People } from "./people"
import type { ConnectionShape } from "./shape"
import type { Slot } from "./slot"
import type { World } from "./world"

const POLL_ORDERS_MS = 60_000
const RECONCILE_MS = 30_000
const SWEEP_MS = 60_000
const OVERLAP_MS = 45_000

/** What goes on around the hub: buyers, people, the clock's ticks, and what breaks. */
export class Surroundings {
  private readonly people: People
  private readonly polledAt = new Map<Channel, number>()
  private isOver = false

  constructor(private readonly world: World) {
    this.people = new People(world)
  }

  begin(): void {
    const { kernel, channels, shape, workers } = this.world
    const pace = kernel.random.pick([250, 600, 1_500, 4_000]) ?? 600
    for (const channel of channels) {
      this.repeat(pace, () => channel.sell())
      this.repeat(pace * 5, () => channel.cancel())
      this.ticks(POLL_ORDERS_MS, () => this.resendOrders(channel))
      if (shape.roughness.callFails > 0) {
        this.repeat(90_000, () => this.revoke(channel))
        if (channel.shape.readsStock) {
          this.repeat(25_000, () => channel.edit())
        }
        this.repeat(12_000, () => this.poison(channel))
      }
    }
    for (const connection of this.world.hub.connections) {
      this.ticks(POLL_ORDERS_MS, () => this.readOrders(connection))
      this.ticks(RECONCILE_MS, () => this.reconcile(connection))
      this.repeat(45_000, () => this.release(connection))
    }
    this.repeat(pace * 2, () => this.people.buy())
    this.repeat(pace * 2, () => this.people.endOwn())
    this.repeat(pace * 3, () => this.people.handleOrder())
    this.repeat(pace * 2, () => this.people.correct())
    this.ticks(SWEEP_MS, () => this.world.sweepRecent())
    if (Number.isFinite(shape.roughness.workerFailsEveryMs)) {
      for (const worker of workers) {
        this.repeat(shape.roughness.workerFailsEveryMs, () => {
          if (kernel.random.chance(0.5)) {
            worker.die()
          } else {
            worker.stall(kernel.random.pick([500, 4_000, 12_000, 25_000, 40_000]) ?? 500)
          }
        })
      }
    }
  }

  /** No more changes from outside, and nothing fails: what is on its way arrives, and the hub comes to rest. */
  calmDown(): void {
    this.isOver = true
    this.world.isCalm = true
    this.world.workers.forEach((worker) => worker.wakeUp())
    for (const channel of this.world.channels) {
      this.readmit(channel)
      for (const slot of channel.slots) {
        slot.isPoisoned = false
      }
    }
    this.world.note("everything calms down")
  }

  private repeat(meanMs: number, happen: () => void): void {
    const again = (): void => {
      if (!this.isOver) {
        happen()
        this.world.kernel.after(this.world.kernel.random.around(meanMs), again)
      }
    }
    this.world.kernel.after(this.world.kernel.random.around(meanMs), again)
  }

  private ticks(everyMs: number, happen: () => void): void {
    const again = (): void => {
      happen()
      this.world.kernel.after(everyMs, again)
    }
    this.world.kernel.after(this.world.kernel.random.between(1, everyMs), again)
  }

  /** The orders of a channel are read back, as `poll-orders.ts` does; a reading takes its time. */
  readOrders(connection: ConnectionRecord): void {
    const { world } = this
    const channel = world.channelOf(connection.shape)
    const begunAt = world.now
    world.kernel.after(world.kernel.random.around(80), () => {
      if (!channel.isOpen || !connection.shape.listsOrders) {
        return
      }
      channel.poll((this.polledAt.get(channel) ?? 0) - OVERLAP_MS)
      this.polledAt.set(channel, begunAt)
      world.kernel.after(world.kernel.random.around(20), () => {
        if (!world.hub.hasOpenOrders(connection.shape)) {
          connection.lane.ordersThrough = Math.max(connection.lane.ordersThrough ?? 0, begunAt)
        }
      })
    })
  }

  /** Messages of a channel that cannot list its orders get lost for good, so somebody has to send them again. */
  private resendOrders(channel: Channel): void {
    if (!channel.shape.listsOrders && channel.isOpen) {
      channel.poll((this.polledAt.get(channel) ?? 0) - OVERLAP_MS)
      this.polledAt.set(channel, this.world.now)
    }
  }

  /** Reads back what a channel shows, orders first. */
  private reconcile(connection: ConnectionRecord): void {
    const { world } = this
    if (!connection.shape.readsStock || !connection.isRunning) {
      return
    }
    this.readOrders(connection)
    this.observe(connection.shape, world.slotsOf(connection.shape))
  }

  /** Asks a channel what it shows, and takes that into the rows. */
  observe(shape: ConnectionShape, slots: readonly Slot[]): void {
    const { world } = this
    const askedAt = world.now
    if (!shape.readsStock) {
      return
    }
    world.channelOf(shape).read(slots, (shown) => {
      if ("kind" in shown) {
        return
      }
      for (const [slot, quantity] of shown) {
        const row = world.reducers.takeObservation(slot.row, { quantity, askedAt }, world.now)
        if (row && slot.foreignAt !== null && slot.foreignAt < askedAt) {
          slot.foreignAt = null
        }
        if (row && row.staleVersion > slot.row.staleVersion) {
          world.note(`${slot.id} was seen to show ${quantity}, ${slot.row.acked ?? "nothing"} was accepted`)
          world.mark(slot, row, world.now)
        } else if (row) {
          world.setRow(slot, row)
        }
      }
    })
  }

  /** A person looks at what a guard has stopped, and lets it pass. */
  release(connection: ConnectionRecord): void {
    const { world } = this
    const held = world
      .slotsOf(connection.shape)
      .filter(({ row }) => row.state === "held" || row.stateReason === "mass-change" || row.stateReason === "loop")
    if (connection.lane.guard.state === "holding") {
      connection.lane.guard = world.reducers.releaseGuard(connection.lane.guard, world.now)
      world.note(`a person releases ${connection.shape.id}`)
    }
    held.forEach((slot) => world.retry(slot))
  }

  private revoke(channel: Channel): void {
    channel.isOpen = false
    this.world.note(`${channel.shape.id} revokes our credentials`)
    this.world.kernel.after(this.world.kernel.random.between(5_000, 40_000), () => this.readmit(channel))
  }

  /** Somebody enters new credentials, and work goes on by itself. */
  private readmit(channel: Channel): void {
    const connection = this.world.hub.connections.find(({ shape }) => shape === channel.shape)
    if (!channel.isOpen && connection) {
      channel.isOpen = true
      connection.isRunning = true
      connection.changedAt = this.world.now
      this.world.note(`${channel.shape.id} accepts new credentials`)
    }
  }

  /** A listing is wrong on the channel for a while; then somebody mends it and asks the hub to try again. */
  private poison(channel: Channel): void {
    const slot = this.world.kernel.random.pick(channel.slots)
    if (slot) {
      slot.isPoisoned = true
      this.world.poisonedAt = this.world.now
      this.world.kernel.after(this.world.kernel.random.between(5_000, 30_000), () => {
        slot.isPoisoned = false
        this.world.poisonedAt = this.world.now
        this.world.retry(slot)
      })
    }
  }
}
