import { LEASE_MS } from "../../http/limits/lease"
import type { LimitDecision, Limiter, LimitLesson, LimitState } from "../../http/limits/limiter"
import { HubError } from "../../lib/errors"
import { Turns, type Admission, type Admitter, type Refusal } from "./admitter"
import type { BucketReading, BucketStore } from "./bucket-store"

/** Tries before a row that everybody fights for counts as busy. */
const MAX_TRIES = 20
/** How long a caller waits before it tries anew when the fight for a row was lost. */
const BUSY_MS = 100

export interface SharedLimitOptions {
  /** The row's name. */
  readonly bucket: string
  readonly limiter: Limiter
  /** Units to take along with each question, so that not every call has to ask the database. */
  readonly extra: number
}

/**
 * One limit of one connection, as this process sees it. The count is a row that all processes share; a few units of it are
 * taken along at a time, and used within a quarter of a second or not at all.
 */
export class SharedLimit implements Admitter {
  private extra = 0
  private extraUntil = 0
  private lessons: readonly LimitLesson[] = []
  private readonly turns = new Turns()

  constructor(
    private readonly store: BucketStore,
    private readonly options: SharedLimitOptions
  ) {}

  admit(cost: number, maxWaitMs: number): Promise<Admission> {
    const begun = performance.now()
    return this.turns.take(() => this.ask(cost, Math.max(0, maxWaitMs - (performance.now() - begun))))
  }

  /** What an answer taught is kept until the row is written next. A refusal is written at once. */
  async learn(lesson: LimitLesson, refusal: Refusal | null): Promise<void> {
    this.lessons = [...this.lessons, lesson]
    const left = lesson.isThrottled ? 0 : (lesson.usage?.available ?? Infinity)
    this.extra = Math.min(this.extra, Math.max(0, Math.floor(left)))
    if (lesson.isThrottled) {
      await this.turns.take(() => this.writeRefusal(refusal))
    }
  }

  private async ask(cost: number, maxWaitMs: number): Promise<Admission> {
    if (this.extra >= cost && performance.now() < this.extraUntil) {
      this.extra -= cost
      return { kind: "go", inMs: 0 }
    }
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const reading = await this.store.read(this.options.bucket)
      if (reading.pausedMs > 0) {
        return { kind: "wait", inMs: reading.pausedMs }
      }
      const request = { cost, extra: this.options.extra, maxWaitMs }
      const decision = this.options.limiter.decide(this.learned(reading), request, reading.now)
      if (decision.kind === "never") {
        const message = `A call costs ${cost}, which is more than the limit "${this.options.bucket}" ever allows.`
        throw new HubError({ kind: "unsupported", message })
      }
      const isNothingNew = decision.kind === "wait" && this.lessons.length === 0
      if (isNothingNew || (await this.write(reading, decision.state))) {
        return this.accept(decision, reading.now)
      }
    }
    return { kind: "wait", inMs: BUSY_MS }
  }

  private accept(decision: Exclude<LimitDecision, { kind: "never" }>, now: number): Admission {
    if (decision.kind === "wait") {
      return { kind: "wait", inMs: Math.max(1, decision.until - now) }
    }
    this.extra = decision.extra
    this.extraUntil = performance.now() + LEASE_MS
    return { kind: "go", inMs: Math.max(0, decision.at - now) }
  }

  private async writeRefusal(refusal: Refusal | null): Promise<void> {
    if (refusal) {
      await this.store.pause(this.options.bucket, refusal.askedMs, refusal.reason)
    }
    for (let tries = 0; tries < MAX_TRIES && this.lessons.length > 0; tries += 1) {
      const reading = await this.store.read(this.options.bucket)
      await this.write(reading, this.learned(reading))
    }
  }

  private learned({ bucket, now }: BucketReading): LimitState {
    const { limiter } = this.options
    return this.lessons.reduce(
      (state, lesson) => limiter.learn(state, lesson, now),
      limiter.restore(bucket?.state ?? {}, now)
    )
  }

  private async write(reading: BucketReading, state: LimitState): Promise<boolean> {
    const { lessons } = this
    const isWritten = await this.store.swap(this.options.bucket, reading.bucket, state)
    if (isWritten) {
      // What was learned meanwhile is not in the row yet.
      this.lessons = this.lessons.slice(lessons.length)
    }
    return isWritten
  }
}
