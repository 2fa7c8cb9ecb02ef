import { LEASE_MS } from "../../http/limits/lease"
import type { LimitLesson } from "../../http/limits/limiter"
import { Turns, type Admission, type Admitter, type Refusal } from "./admitter"
import { WHOLE_CHANNEL, type BucketStore } from "./bucket-store"

/** For calls that no limit counts: they go at once, unless the channel told some process to wait. */
export class PauseWatch implements Admitter {
  private freeUntil = 0
  private readonly turns = new Turns()

  constructor(private readonly store: BucketStore) {}

  admit(): Promise<Admission> {
    return this.turns.take(async () => {
      if (performance.now() < this.freeUntil) {
        return { kind: "go", inMs: 0 }
      }
      const { pausedMs } = await this.store.read(WHOLE_CHANNEL)
      if (pausedMs > 0) {
        return { kind: "wait", inMs: pausedMs }
      }
      this.freeUntil = performance.now() + LEASE_MS
      return { kind: "go", inMs: 0 }
    })
  }

  async learn(_lesson: LimitLesson, refusal: Refusal | null): Promise<void> {
    if (refusal) {
      this.freeUntil = 0
      await this.turns.take(() => this.store.pause(WHOLE_CHANNEL, refusal.askedMs, refusal.reason))
    }
  }
}
