import type { Channel } from "./channel"
import { People } from "./people"
import type { World } from "./world"

const POLL_ORDERS_MS = 60_000
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
      this.ticks(POLL_ORDERS_MS, () => this.pollOrders(channel))
      if (shape.roughness.callFails > 0) {
        this.repeat(90_000, () => this.revoke(channel))
        this.repeat(40_000, () => this.poison(channel))
      }
    }
    this.repeat(pace * 2, () => this.people.buy())
    this.repeat(pace * 2, () => this.people.endOwn())
    this.repeat(pace * 3, () => this.people.handleOrder())
    this.repeat(pace * 2, () => this.people.correct())
    this.ticks(SWEEP_MS, () => this.world.sweepRecent())
    if (Number.isFinite(shape.roughness.workerFailsEveryMs)) {
      for (const worker of workers) {
        this.repeat(shape.roughness.workerFailsEveryMs, () => {
          if (kernel.random.chance(0.7)) {
            worker.die()
          } else {
            worker.stall(kernel.random.pick([500, 4_000, 12_000, 40_000, 90_000]) ?? 500)
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

  private pollOrders(channel: Channel): void {
    if (channel.isOpen) {
      channel.poll((this.polledAt.get(channel) ?? 0) - OVERLAP_MS)
      this.polledAt.set(channel, this.world.now)
    }
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
      this.world.kernel.after(this.world.kernel.random.between(5_000, 30_000), () => {
        slot.isPoisoned = false
        this.world.retry(slot)
      })
    }
  }
}
