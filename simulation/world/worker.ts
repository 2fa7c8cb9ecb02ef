import type { ConnectionRecord } from "./hub-store"
import { IngestRound, MESSAGE_LEASE_MS } from "./ingest-round"
import { LaneRound } from "./lane-round"
import type { World } from "./world"

const MESSAGES_AT_ONCE = 3
const RESTART_MS = 3_000

/** One process: marks, drains lanes, takes orders over. It may die or stand still at any moment. */
export class Worker {
  private life = 0
  private isAlive = false
  private stalledUntil = 0
  private readonly draining = new Set<ConnectionRecord>()
  /** Orders in Medusa that a workflow of this process is changing right now. */
  readonly workingOn = new Set<string>()
  private ingesting = 0

  constructor(
    readonly name: string,
    private readonly world: World
  ) {}

  get isIdle(): boolean {
    return this.draining.size === 0 && this.ingesting === 0
  }

  start(): void {
    this.isAlive = true
    this.world.sweepEverything()
    this.after(this.world.kernel.random.around(200), () => this.poll())
  }

  /** Plans something that only this life of the process does, and not while it stands still. */
  after(delayMs: number, run: () => void): void {
    this.world.kernel.after(delayMs, this.callback(run))
  }

  callback<Argument extends unknown[]>(run: (...argument: Argument) => void): (...argument: Argument) => void {
    const { life } = this
    const callback = (...argument: Argument): void => {
      if (this.life !== life) {
        return
      }
      if (this.stalledUntil > this.world.now) {
        this.world.kernel.after(this.stalledUntil - this.world.now, () => callback(...argument))
        return
      }
      run(...argument)
    }
    return callback
  }

  /** The process is gone; leases stay, and what it had sent is on its way. */
  die(): void {
    if (!this.isAlive) {
      return
    }
    this.world.note(`${this.name} dies`)
    this.life += 1
    this.isAlive = false
    this.draining.clear()
    this.workingOn.clear()
    this.ingesting = 0
    this.stalledUntil = 0
    this.world.kernel.after(RESTART_MS, () => this.start())
  }

  stall(forMs: number): void {
    this.world.note(`${this.name} stands still for ${forMs} ms`)
    this.stalledUntil = this.world.now + forMs
  }

  wakeUp(): void {
    this.stalledUntil = this.world.now
  }

  private poll(): void {
    const { world } = this
    world.drainCaptured()
    for (const connection of world.hub.connections) {
      if (connection.isRunning && !this.draining.has(connection)) {
        this.drain(connection)
      }
    }
    this.ingest()
    this.after(world.kernel.random.between(60, 600), () => this.poll())
  }

  private drain(connection: ConnectionRecord): void {
    if (new LaneRound(this.world, this, connection).begin()) {
      this.draining.add(connection)
    }
  }

  finishLane(connection: ConnectionRecord): void {
    this.draining.delete(connection)
  }

  private ingest(): void {
    const { world } = this
    const places = MESSAGES_AT_ONCE - this.ingesting
    if (places <= 0 || world.hub.inbox.size === 0) {
      return
    }
    const claim = { now: world.now, token: world.hub.newId("m"), leaseMs: MESSAGE_LEASE_MS }
    for (const event of world.hub.claimMessages(places, claim)) {
      this.ingesting += 1
      new IngestRound(world, this, { event, token: claim.token }).begin()
    }
  }

  finishMessage(orderId: string | undefined): void {
    this.ingesting -= 1
    this.workingOn.delete(orderId ?? "")
  }
}
