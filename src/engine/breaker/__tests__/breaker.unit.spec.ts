import fc from "fast-check"
import {
  afterAnswer,
  afterFailure,
  beginCall,
  CLOSED_BREAKER,
  mayCall,
  OPEN_AFTER_FAILURES,
  type Breaker,
} from "../breaker"

const DOWN = { kind: "transient", message: "down" } as const
const at = (now: number, random = 0.5): { now: number; random: number } => ({ now, random })

const failTimes = (times: number): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((breaker) => afterFailure(breaker, DOWN, at(0)), CLOSED_BREAKER)

describe("breaker", () => {
  it("stays closed for a few failures and opens after that, waiting longer each time", () => {
    expect(failTimes(OPEN_AFTER_FAILURES - 1)).toMatchObject({ state: "closed", openedAt: null })
    const open = failTimes(OPEN_AFTER_FAILURES)
    expect(open).toMatchObject({ state: "open", failures: OPEN_AFTER_FAILURES, reason: "transient", openedAt: 0 })
    expect(failTimes(OPEN_AFTER_FAILURES + 1).notBefore).toBeGreaterThan(open.notBefore ?? 0)
  })

  it("remembers when it opened while the channel stays away", () => {
    expect(afterFailure(failTimes(OPEN_AFTER_FAILURES), DOWN, at(5_000)).openedAt).toBe(0)
  })

  it("lets nobody call before the pause is over, then one worker at a time", () => {
    const open = failTimes(OPEN_AFTER_FAILURES)
    const later = open.notBefore ?? 0
    expect([mayCall(open, later - 1), mayCall(open, later)]).toEqual([false, true])
    const probing = beginCall(open, later, 1_000)
    expect(probing).toMatchObject({ isProbe: true, breaker: { state: "half-open", probeUntil: later + 1_000 } })
    expect(mayCall(probing.breaker, later + 999)).toBe(false)
    // The worker that tried has died.
    expect(mayCall(probing.breaker, later + 1_000)).toBe(true)
  })

  it("closes with the first answer and opens again with the next failure of a probe", () => {
    const probing = beginCall(failTimes(OPEN_AFTER_FAILURES), 1e9, 1_000).breaker
    expect(afterAnswer(probing)).toEqual(CLOSED_BREAKER)
    expect(afterFailure(probing, DOWN, at(1e9))).toMatchObject({ state: "open", probeUntil: null })
  })

  it("lets everybody through while it is closed", () => {
    expect(beginCall(CLOSED_BREAKER, 0, 1_000)).toEqual({ breaker: CLOSED_BREAKER, isProbe: false })
    expect(mayCall(CLOSED_BREAKER, 0)).toBe(true)
  })

  it("obeys a limit to the millisecond, shortens no longer pause, and counts it as no failure", () => {
    const limited = afterFailure(
      CLOSED_BREAKER,
      { kind: "rate-limited", message: "slow", retryAfterMs: 7_000 },
      at(100)
    )
    expect(limited).toMatchObject({ state: "closed", failures: 0, notBefore: 7_100, reason: "rate-limited" })
    expect(afterFailure(limited, { kind: "rate-limited", message: "slow", retryAfterMs: 10 }, at(200)).notBefore).toBe(
      7_100
    )
  })

  it("waits at least as long as the channel asked, whatever else", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("transient", "rate-limited"),
        fc.nat({ max: 1e9 }),
        fc.nat({ max: 1e6 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (kind, now, retryAfterMs, random) => {
          const after = afterFailure(CLOSED_BREAKER, { kind, message: "x", retryAfterMs }, { now, random })
          expect(after.notBefore).toBeGreaterThanOrEqual(now + retryAfterMs)
          expect(mayCall(after, now + retryAfterMs - 1)).toBe(false)
        }
      ),
      { numRuns: 10_000 }
    )
  })

  it("is called again after a bounded time, however often it failed", () => {
    const long = failTimes(500)
    expect(long.notBefore).toBeLessThanOrEqual(5 * 60_000)
  })
})
