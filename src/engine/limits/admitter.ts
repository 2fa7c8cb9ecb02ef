import type { LimitLesson } from "../../http/limits/limiter"

/** The call may go in so many milliseconds; or it may not, and asking again is worthwhile in so many. */
export type Admission =
  { readonly kind: "go"; readonly inMs: number } | { readonly kind: "wait"; readonly inMs: number }

/** The channel refused a call, and nobody is to call before the pause is over. */
export interface Refusal {
  /** How long the channel asks us to wait, in milliseconds; undefined when it does not say. */
  readonly askedMs: number | undefined
  readonly reason: string
}

/** Something that has to agree before a call goes. */
export interface Admitter {
  /** @param maxWaitMs the call may be put off by so much */
  admit(cost: number, maxWaitMs: number): Promise<Admission>
  /** @param refusal null unless this is what has to pause */
  learn(lesson: LimitLesson, refusal: Refusal | null): Promise<void>
}

/** Work of this process on one row: one piece after another, in the order in which it came. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()

  take<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work)
    this.last = next.catch(() => undefined)
    return next
  }
}
