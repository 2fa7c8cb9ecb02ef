import type { LaneOutcome } from "../lane-reducer"
import { isPending, newLaneRow, type LaneRow } from "../lane-row"
import { ModelChannel } from "./lane-channel"
import {
  failedWith,
  IDLE,
  LATE_MS,
  lateness,
  LEASE_MS,
  LONGER_THAN_ALL_MS,
  momentOf,
  problemOfCauses,
  PRODUCTION,
  SLACK_MS,
  TIMEOUT_MS,
  Violation,
  type Held,
  type Phase,
  type Reducers,
  type Truth,
  type WorldOptions,
} from "./lane-phases"

/**
 * One row, one channel, several workers and a clock, all in memory. Every step is chosen from outside by a number, so a
 * list of numbers is an interleaving, and a shorter list is a simpler one.
 */
export class LaneWorld {
  now = 1_000
  row: LaneRow = newLaneRow("row", 1_000)
  truth: Truth = { value: 5, version: 1 }
  writesSent = 0
  /** A recheck begins without a cause. */
  private hadRecheck = false
  private tokens = 0
  private readonly workers: Phase[]
  private readonly captured: number[] = []
  /** Orders whose stock is reserved, but which are not finished. */
  private unfinished = 0
  private readonly causes = new Map<number, number>([[1, 1_000]])
  private readonly log: string[] = []
  private readonly reducers: Reducers
  private readonly channel: ModelChannel

  constructor(private readonly options: WorldOptions) {
    this.reducers = options.reducers ?? PRODUCTION
    this.channel = new ModelChannel(!options.rough, (line) => this.log.push(line))
    this.workers = Array.from({ length: options.workers }, () => IDLE)
  }

  get shown(): number {
    return this.channel.shown
  }

  /** Does what the number says and checks everything that must hold after every step. */
  step(choice: number): void {
    const argument = choice >>> 5
    const index = argument % this.workers.length
    const detail = Math.floor(argument / this.workers.length)
    const kind = choice & 31
    if (kind < 12) {
      this.advanceWorker(index, detail)
    } else if (kind < 14) {
      this.changeTruth(detail)
    } else if (kind < 17) {
      this.drainCaptured()
    } else if (kind < 20) {
      this.channel.sell(detail % 4 === 0 ? 1 : -1)
    } else if (kind < 23) {
      this.ingest()
    } else if (kind < 26) {
      this.finishIngest()
    } else if (kind < 30 || !this.options.rough) {
      this.pass(detail)
    } else {
      this.die(index, detail)
    }
    this.check()
  }

  // --- what happens outside of the hub -------------------------------------------------------------------------------

  changeTruth(detail: number): void {
    const value = detail % 8 === 7 ? null : detail % 4
    this.truth = { value, version: this.truth.version + 1 }
    this.captured.push(this.now)
    this.note(`truth is ${value} (version ${this.truth.version})`)
  }

  /** First the stock is reserved, which the trigger captures … */
  private ingest(): void {
    const units = this.channel.unseen.shift()
    if (units === undefined) {
      return
    }
    const value = this.truth.value === null ? null : this.truth.value + units
    this.truth = { value, version: this.truth.version + 1 }
    this.captured.push(this.now)
    this.unfinished++
    this.note(`order reserved, truth is ${value} (version ${this.truth.version})`)
  }

  /** … and then the order is finished, which makes the channel's number unknown. */
  private finishIngest(): void {
    if (this.unfinished > 0) {
      this.unfinished--
      this.row = this.reducers.markSoldByChannel(this.row, this.now)
      this.causes.set(this.row.staleVersion, this.now)
      this.note(`sold by channel → stale version ${this.row.staleVersion}`)
    }
  }

  drainCaptured(): void {
    const causedAt = this.captured.pop()
    if (causedAt !== undefined) {
      this.mark(causedAt)
    }
  }

  mark(causedAt: number): void {
    this.row = this.reducers.markStale(this.row, { causedAt, urgency: 0 })
    this.causes.set(this.row.staleVersion, causedAt)
    this.note(`marked → stale version ${this.row.staleVersion}`)
  }

  private pass(detail: number): void {
    const moment = momentOf(this.row, this.now, detail)
    const wanted = Math.max(1, moment - this.now)
    const deadlines = this.workers.flatMap((phase) => (phase.at === "sent" ? phase.giveUpAt - this.now : []))
    this.advanceTime(this.options.rough ? wanted : Math.max(0, Math.min(wanted, ...deadlines)), detail)
  }

  private advanceTime(milliseconds: number, detail: number): void {
    const until = this.now + milliseconds
    this.workers.forEach((phase, index) => {
      if (phase.at === "sent" && phase.giveUpAt < until) {
        this.channel.applyLate(phase.giveUpAt + lateness(detail), phase.read, phase.write)
        this.workers[index] = { at: "waiting", held: phase.held, write: phase.write, giveUpAt: phase.giveUpAt }
      }
    })
    this.now = until
    this.note(`time is ${until}`)
    this.channel.landLateWrites(this.now)
  }

  /** The process is gone, and its lease stays. What it had sent, or sent with its last breath, may still arrive. */
  private die(index: number, detail: number): void {
    const phase = this.workers[index]
    if (!phase || phase.at === "idle") {
      return
    }
    const sendsLast = phase.at === "ready" && detail % 4 > 0 && this.holdsLease(phase.held)
    if (sendsLast) {
      this.writesSent++
    }
    if (phase.at === "sent" || (phase.at === "ready" && sendsLast)) {
      if (detail % 3 === 0) {
        this.channel.apply(phase.read, phase.write)
      } else {
        this.channel.applyLate(this.now + lateness(detail), phase.read, phase.write)
      }
    }
    this.workers[index] = IDLE
    this.note(`worker ${index} dies while ${phase.at}`)
  }

  // --- the worker ----------------------------------------------------------------------------------------------------

  private advanceWorker(index: number, detail: number): void {
    const phase = this.workers[index] ?? IDLE
    switch (phase.at) {
      case "idle":
        this.workers[index] = this.claim(index, phase.read)
        return
      case "claimed":
        this.workers[index] = this.decide(phase.held, phase.read ?? this.truth)
        return
      case "ready":
        this.workers[index] = this.send(phase)
        return
      case "sent":
        this.workers[index] = this.meetFate(phase, detail)
        return
      case "waiting":
        if (this.now >= phase.giveUpAt) {
          const { quantity } = phase.write
          this.workers[index] = {
            at: "answered",
            held: phase.held,
            outcome: { kind: "written", quantity, result: { status: "unknown", message: "no answer" } },
          }
        }
        return
      case "answered":
        this.settle(phase.held, phase.outcome, detail)
        this.workers[index] = IDLE
    }
  }

  private claim(index: number, read: Truth | null): Phase {
    if (this.options.readBeforeClaim && !read) {
      return { at: "idle", read: this.truth }
    }
    const token = `t${++this.tokens}`
    const row = this.reducers.claimRow(this.row, {
      now: this.now,
      token,
      leaseMs: LEASE_MS,
      lateApplyWindowMs: LATE_MS,
    })
    if (!row) {
      return { at: "idle", read }
    }
    this.note(`worker ${index} claims version ${row.claimedVersion} as ${token}`)
    this.hadRecheck ||= row.recheckAt !== null
    this.row = row
    return { at: "claimed", held: { token, claimedAt: this.now, row }, read }
  }

  private decide(held: Held, read: Truth): Phase {
    const decision = this.reducers.decideRow(
      held.row,
      read.value === null
        ? { kind: "leave", reason: "unmanaged" }
        : { kind: "show", quantity: Math.max(0, read.value) },
      { now: held.claimedAt, compareAndSet: this.options.compareAndSet }
    )
    this.note(`${held.token} read version ${read.version} and decides ${JSON.stringify(decision)}`)
    return decision.kind === "write"
      ? { at: "ready", held, read, write: decision }
      : { at: "answered", held, outcome: decision }
  }

  private holdsLease(held: Held): boolean {
    return this.row.leaseToken === held.token && this.row.leaseUntil !== null && this.row.leaseUntil > this.now
  }

  private send(phase: Extract<Phase, { at: "ready" }>): Phase {
    if (this.now > phase.held.claimedAt + SLACK_MS) {
      return { at: "answered", held: phase.held, outcome: { kind: "released" } }
    }
    if (!this.holdsLease(phase.held)) {
      this.violated(`${phase.held.token} sends without a claim`)
    }
    this.writesSent++
    this.note(`${phase.held.token} sends ${phase.write.quantity}`)
    return { ...phase, at: "sent", giveUpAt: this.now + TIMEOUT_MS }
  }

  private meetFate(phase: Extract<Phase, { at: "sent" }>, detail: number): Phase {
    const { held, read, write } = phase
    const fate = detail % (this.options.rough ? 20 : 13)
    const argument = Math.floor(detail / 20)
    const answered = (outcome: LaneOutcome): Phase => {
      this.note(`${held.token} is answered ${JSON.stringify(outcome)}`)
      return { at: "answered", held, outcome }
    }
    const unanswered = (): Phase => ({
      at: "waiting",
      held,
      write,
      giveUpAt: argument % 2 === 0 ? this.now : phase.giveUpAt,
    })
    switch (fate) {
      case 8:
        return answered(failedWith(write.quantity, "rate-limited", argument % 8_000))
      case 9:
      case 10:
        return answered(failedWith(write.quantity, "transient"))
      case 11:
        return answered(failedWith(write.quantity, "invalid-data"))
      case 12:
        return answered(failedWith(write.quantity, "auth"))
      case 13:
      case 14:
        this.note(`${held.token} is lost`)
        return unanswered()
      case 15:
      case 16:
        this.note(`the answer to ${held.token} is lost`)
        this.channel.apply(read, write)
        return unanswered()
      case 17:
      case 18:
      case 19: {
        const waiting = unanswered()
        const giveUpAt = waiting.at === "waiting" ? waiting.giveUpAt : this.now
        this.channel.applyLate(giveUpAt + lateness(argument), read, write)
        this.note(`${held.token} is late`)
        return waiting
      }
      default:
        return answered({ kind: "written", quantity: write.quantity, result: this.channel.apply(read, write) })
    }
  }

  private settle(held: Held, outcome: LaneOutcome, detail: number): void {
    const row = this.reducers.settleRow(this.row, outcome, {
      now: this.now,
      token: held.token,
      claimedAt: held.claimedAt,
      lateApplyWindowMs: LATE_MS,
      random: (detail % 1_000) / 1_000,
    })
    this.note(`${held.token} settles ${outcome.kind}: ${row ? row.state : "lease lost"}`)
    this.row = row ?? this.row
  }

  private check(): void {
    const { row } = this
    const isAhead = row.ackedVersion > row.staleVersion || row.claimedVersion > row.staleVersion
    this.refute(isAhead ? "the row answers a version that does not exist" : null)
    this.refute(problemOfCauses(row, this.causes, this.hadRecheck))
    const isSettled = !isPending(row) && row.state === "in-sync"
    this.refute(isSettled && this.channel.hasLateWrites ? "the row is in sync while a write is still on its way" : null)
    const isAllTold = this.captured.length === 0 && this.channel.unseen.length === 0 && this.unfinished === 0
    if (isSettled && isAllTold) {
      this.expectChannelIsTrue()
    }
  }

  private expectChannelIsTrue(): void {
    if (this.truth.value === null || this.channel.shown !== Math.max(0, this.truth.value)) {
      this.violated(`the channel shows ${this.channel.shown}, the truth is ${this.truth.value}`)
    }
  }

  /** No more changes and faults: everything is told, everything lands, every wait is over. */
  quiesce(): void {
    while (this.channel.unseen.length > 0 || this.unfinished > 0 || this.captured.length > 0) {
      this.ingest()
      this.finishIngest()
      this.drainCaptured()
    }
    if (this.truth.value === null) {
      this.changeTruth(3)
      this.drainCaptured()
    }
    this.settleEverything()
    if (this.row.state === "failed") {
      // Refused for good: nothing happens until something changes or a person asks.
      this.mark(this.now)
      this.settleEverything()
    }
    this.refute(this.row.state === "in-sync" ? null : `at rest the row is ${this.row.state}`)
    this.expectChannelIsTrue()
  }

  private settleEverything(): void {
    const isBusy = (): boolean => isPending(this.row) || this.workers.some((phase) => phase.at !== "idle")
    for (let round = 0; isBusy() || round === 0; round++) {
      if (round > 20) {
        this.violated("the row stays pending")
      }
      this.finishWork()
      this.advanceTime(LONGER_THAN_ALL_MS, 1)
      this.check()
    }
  }

  /** Every worker goes on until it has nothing left to do; everything it sends is answered at once. */
  finishWork(): void {
    this.workers.forEach((_, index) => {
      for (let step = 0; step < 24; step++) {
        this.advanceWorker(index, 0)
        this.check()
      }
    })
  }

  /** The first worker claims, reads and sends. */
  sendOne(): void {
    for (let step = 0; step < 3; step++) {
      this.advanceWorker(0, 0)
    }
    this.refute(this.workers[0]?.at === "sent" ? null : "nothing was sent")
  }

  /** Adds to a violation what led to it. */
  explain(thrown: unknown): unknown {
    return thrown instanceof Violation
      ? new Violation(`${thrown.message}\n  ${this.log.join("\n  ")}\n  ${JSON.stringify(this.row)}`)
      : thrown
  }

  private note(line: string): void {
    this.log.push(line)
  }

  private refute(problem: string | null): void {
    if (problem !== null) {
      this.violated(problem)
    }
  }

  private violated(what: string): never {
    throw new Violation(what)
  }
}
