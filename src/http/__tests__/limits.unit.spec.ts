import fc from "fast-check"
import { createLimiter } from "../limits/create-limiter"
import type { Limiter, LimitLesson, LimitRequest, LimitState } from "../limits/limiter"

const START = 1_700_000_000_000
const PATIENT = { extra: 0, maxWaitMs: Infinity }
const QUIET: LimitLesson = { cost: 1, isThrottled: false, usage: null, headers: null }
const THROTTLED: LimitLesson = { ...QUIET, isThrottled: true }

/** Asks a limit as a process would, and notes when calls went. */
class Caller {
  state: LimitState
  readonly calls: { readonly at: number; readonly cost: number }[] = []

  constructor(
    readonly limiter: Limiter,
    now = START
  ) {
    this.state = limiter.restore({}, now)
  }

  ask(now: number, request: Partial<LimitRequest> = {}): "go" | "wait" | "never" {
    const decision = this.limiter.decide(this.state, { cost: 1, extra: 0, maxWaitMs: 0, ...request }, now)
    if (decision.kind === "never") {
      return "never"
    }
    // Whatever is kept between two questions has been stored as JSON.
    this.state = JSON.parse(JSON.stringify(decision.state)) as LimitState
    if (decision.kind === "go") {
      this.calls.push({ at: decision.at, cost: (request.cost ?? 1) + decision.extra })
    }
    return decision.kind
  }

  learn(lesson: LimitLesson, now: number): void {
    this.state = this.limiter.learn(this.state, lesson, now)
  }

  /** The most that went within any window, less what the window's length allows. */
  mostAbove(perSecond: number): number {
    const sorted = [...this.calls].sort((a, b) => a.at - b.at)
    let most = 0
    for (let from = 0; from < sorted.length; from += 1) {
      let sum = 0
      for (let to = from; to < sorted.length; to += 1) {
        sum += sorted[to]?.cost ?? 0
        most = Math.max(most, sum - (perSecond * ((sorted[to]?.at ?? 0) - (sorted[from]?.at ?? 0))) / 1_000)
      }
    }
    return most
  }
}

const question = (maxCost: number): fc.Arbitrary<{ gapMs: number; cost: number; extra: number; maxWaitMs: number }> =>
  fc.record({
    gapMs: fc.oneof(fc.constant(0), fc.nat(50), fc.nat(3_000)),
    cost: fc.integer({ min: 1, max: maxCost }),
    extra: fc.nat(5),
    maxWaitMs: fc.oneof(fc.constant(0), fc.nat(5_000)),
  })

const bucketSettings = fc.record({
  capacity: fc.integer({ min: 1, max: 60 }),
  perSecond: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constant(0.3)),
})

describe.each(["token-bucket", "cost-bucket"] as const)("a %s", (kind) => {
  it("never lets more through than rate × time + capacity, in any window", () => {
    fc.assert(
      fc.property(bucketSettings, fc.array(question(20), { maxLength: 60 }), (settings, questions) => {
        const caller = new Caller(createLimiter({ kind, name: "x", ...settings }))
        let now = START
        for (const { gapMs, ...request } of questions) {
          now += gapMs
          caller.ask(now, { ...request, cost: kind === "token-bucket" ? 1 : request.cost })
        }
        // Only floating point is forgiven.
        expect(caller.mostAbove(settings.perSecond)).toBeLessThanOrEqual(settings.capacity + 1e-4)
      })
    )
  })

  it("lets through what the limit allows: a caller who always asks gets the whole rate", () => {
    fc.assert(
      fc.property(bucketSettings, (settings) => {
        const caller = new Caller(createLimiter({ kind, name: "x", ...settings }))
        for (let ms = 0; ms < 5_000; ms += 1) {
          caller.ask(START + ms)
        }
        const allowed = settings.capacity + settings.perSecond * 5
        expect(caller.calls.length).toBeGreaterThanOrEqual(Math.floor(allowed * 0.95) - 1)
      }),
      { numRuns: 30 }
    )
  })

  it("when the clock goes back it neither stops filling nor fills twice", () => {
    fc.assert(
      fc.property(bucketSettings, fc.integer({ min: 1, max: 86_400_000 }), (settings, backMs) => {
        const caller = new Caller(createLimiter({ kind, name: "x", ...settings }))
        while (caller.ask(START) === "go") {
          // Until it is empty.
        }
        const before = caller.calls.length
        expect(caller.ask(START - backMs)).toBe("wait")
        const secondMs = Math.ceil(1_000 / settings.perSecond)
        expect(caller.ask(START - backMs + secondMs)).toBe("go")
        expect(caller.ask(START - backMs + secondMs)).toBe("wait")
        expect(caller.calls.length - before).toBe(1)
      })
    )
  })

  it("says from when on asking again is worthwhile, and keeps its word", () => {
    fc.assert(
      fc.property(bucketSettings, (settings) => {
        const limiter = createLimiter({ kind, name: "x", ...settings })
        const caller = new Caller(limiter)
        while (caller.ask(START) === "go") {
          // Until it is empty.
        }
        const refusal = limiter.decide(caller.state, { cost: 1, extra: 0, maxWaitMs: 0 }, START)
        expect(refusal.kind).toBe("wait")
        expect(caller.ask(refusal.kind === "wait" ? refusal.until : 0)).toBe("go")
      })
    )
  })

  it("understands no stored nonsense", () => {
    const limiter = createLimiter({ kind, name: "x", capacity: 5, perSecond: 1 })
    const restored = limiter.restore({ level: Number.NaN, at: 3 }, START)
    expect(restored).toEqual(limiter.restore({}, START))
  })
})

describe("a cost bucket", () => {
  const limit = { kind: "cost-bucket", name: "cost", capacity: 100, perSecond: 10 } as const

  it("gives places in the order of asking, so that a costly call is not passed by cheap ones for ever", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 40 }), (costs) => {
        const caller = new Caller(createLimiter(limit))
        costs.forEach((cost) => expect(caller.ask(START, { ...PATIENT, cost })).toBe("go"))
        const times = caller.calls.map(({ at }) => at)
        expect(times).toEqual([...times].sort((a, b) => a - b))
        const total = costs.reduce((sum, cost) => sum + cost, 0)
        expect((times.at(-1) ?? 0) - START).toBeCloseTo((Math.max(0, total - 100) / 10) * 1_000, 1)
      })
    )
  })

  it("never lets through what costs more than the bucket holds", () => {
    expect(new Caller(createLimiter(limit)).ask(START, { ...PATIENT, cost: 101 })).toBe("never")
  })

  it("gives back what a call did not take", () => {
    const caller = new Caller(createLimiter(limit))
    caller.ask(START, { cost: 100 })
    caller.learn({ ...QUIET, cost: 100, usage: { actualCost: 30 } }, START)
    expect(caller.ask(START, { cost: 70 })).toBe("go")
    expect(caller.ask(START, { cost: 1 })).toBe("wait")
  })

  it("believes the channel when it has less left than we think", () => {
    const caller = new Caller(createLimiter(limit))
    caller.learn({ ...QUIET, usage: { available: 5 } }, START)
    expect(caller.ask(START, { cost: 6 })).toBe("wait")
    expect(caller.ask(START, { cost: 5 })).toBe("go")
  })

  it("does not believe the channel when it has more: it does not know yet what is on its way", () => {
    const caller = new Caller(createLimiter(limit))
    caller.ask(START, { cost: 100 })
    caller.learn({ ...QUIET, usage: { available: 100 } }, START)
    expect(caller.ask(START, { cost: 1 })).toBe("wait")
  })

  it("takes over a capacity and a rate that the channel tells, and keeps them", () => {
    const caller = new Caller(createLimiter(limit))
    caller.learn({ ...QUIET, usage: { capacity: 1_000, perSecond: 50 } }, START)
    expect(caller.ask(START + 20_000, { cost: 1_000 })).toBe("go")
    expect(caller.ask(START + 21_000, { cost: 51 })).toBe("wait")
    expect(caller.ask(START + 21_000, { cost: 50 })).toBe("go")
  })

  it("is empty when the channel refuses without a number", () => {
    const caller = new Caller(createLimiter(limit))
    caller.learn(THROTTLED, START)
    expect(caller.ask(START)).toBe("wait")
  })

  it("learns nothing that lets more through than the largest capacity and rate it was told", () => {
    const usage = fc.record(
      {
        available: fc.integer({ min: -10, max: 500 }),
        capacity: fc.integer({ min: -1, max: 200 }),
        perSecond: fc.integer({ min: -1, max: 20 }),
        actualCost: fc.integer({ min: 0, max: 100 }),
      },
      { requiredKeys: [] }
    )
    const step = fc.record({ gapMs: fc.nat(2_000), cost: fc.integer({ min: 1, max: 50 }), usage })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const caller = new Caller(createLimiter(limit))
        let now = START
        let refunds = 0
        for (const { gapMs, cost, usage: told } of steps) {
          now += gapMs
          const isGone = caller.ask(now, { cost }) === "go"
          caller.learn({ ...QUIET, cost: isGone ? cost : 0, usage: told }, now)
          refunds += isGone ? Math.max(0, cost - (told.actualCost ?? cost)) : 0
        }
        expect(caller.mostAbove(20)).toBeLessThanOrEqual(200 + refunds + 1e-4)
      })
    )
  })
})

describe("a daily quota", () => {
  const limit = { kind: "daily-quota", name: "edits", perDay: 250, resetOffsetMinutes: -480 } as const
  const DAY = 86_400_000
  const midnight = Math.floor(START / DAY) * DAY + 8 * 3_600_000

  it("never lets more through in one of the channel's days, also when the clock goes back over midnight", () => {
    const step = fc.record({
      moveMs: fc.integer({ min: -3_600_000, max: 10 * 3_600_000 }),
      cost: fc.integer({ min: 1, max: 90 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const caller = new Caller(createLimiter(limit))
        let now = midnight
        const byDay = new Map<number, number>()
        for (const { moveMs, cost } of steps) {
          now += moveMs
          if (caller.ask(now, { cost }) === "go") {
            const day = Math.floor((now - midnight) / DAY)
            byDay.set(day, (byDay.get(day) ?? 0) + cost)
          }
        }
        expect(Math.max(0, ...byDay.values())).toBeLessThanOrEqual(250)
      })
    )
  })

  it("gives nothing back when the clock goes back over midnight", () => {
    const caller = new Caller(createLimiter(limit), midnight)
    expect(caller.ask(midnight + DAY, { cost: 200 })).toBe("go")
    expect(caller.ask(midnight + DAY - 1, { cost: 1 })).toBe("wait")
    expect(caller.ask(midnight + DAY, { cost: 51 })).toBe("wait")
    expect(caller.ask(midnight + DAY, { cost: 50 })).toBe("go")
  })

  it("does not wait for a day that only a wrong clock has seen", () => {
    const caller = new Caller(createLimiter(limit), midnight)
    expect(caller.ask(midnight + 400 * DAY, { cost: 250 })).toBe("go")
    expect(caller.ask(midnight, { cost: 250 })).toBe("go")
    expect(caller.ask(midnight)).toBe("wait")
  })

  it("begins anew at the channel's midnight and not at ours", () => {
    const caller = new Caller(createLimiter(limit), midnight)
    expect(caller.ask(midnight, { cost: 250 })).toBe("go")
    expect(caller.ask(midnight + DAY - 1)).toBe("wait")
    expect(caller.ask(midnight + DAY)).toBe("go")
  })

  it("says when the next day begins, and gives a patient caller its place there", () => {
    const limiter = createLimiter(limit)
    const full = limiter.decide({}, { ...PATIENT, cost: 250 }, midnight)
    const state = full.kind === "go" ? full.state : {}
    expect(limiter.decide(state, { cost: 1, extra: 0, maxWaitMs: 0 }, midnight + 1)).toMatchObject({
      kind: "wait",
      until: midnight + DAY,
    })
    expect(limiter.decide(state, { ...PATIENT, cost: 7 }, midnight + 1)).toMatchObject({
      kind: "go",
      at: midnight + DAY,
      state: { used: 7 },
    })
    expect(limiter.decide(state, { ...PATIENT, cost: 251 }, midnight).kind).toBe("never")
  })
})

describe("an adaptive limit", () => {
  const limit = { kind: "adaptive", name: "calls", minPerSecond: 1, maxPerSecond: 40, recoverySeconds: 60 } as const

  it("stays between its bounds whatever it learns", () => {
    const step = fc.record({
      gapMs: fc.integer({ min: -5_000, max: 20_000 }),
      isThrottled: fc.boolean(),
      headers: fc.option(fc.record({ remaining: fc.nat(1_000), resetMs: fc.nat(100_000) })),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const caller = new Caller(createLimiter(limit))
        let now = START
        for (const { gapMs, isThrottled, headers } of steps) {
          now += gapMs
          caller.ask(now, PATIENT)
          caller.learn({ ...QUIET, isThrottled, headers }, now)
          expect(caller.state.perSecond).toBeGreaterThanOrEqual(1)
          expect(caller.state.perSecond).toBeLessThanOrEqual(40)
          expect(Object.values(caller.state).every(Number.isFinite)).toBe(true)
        }
      })
    )
  })

  it("never lets more through than its fastest rate allows", () => {
    fc.assert(
      fc.property(fc.array(question(1), { maxLength: 60 }), (questions) => {
        const caller = new Caller(createLimiter(limit))
        let now = START
        for (const { gapMs, ...request } of questions) {
          now += gapMs
          caller.ask(now, request)
        }
        expect(caller.mostAbove(40)).toBeLessThanOrEqual(40 + 1e-4)
      })
    )
  })

  it("halves once for refusals that come together, and is back after the time of recovery", () => {
    const caller = new Caller(createLimiter(limit))
    for (let ms = 0; ms < 10; ms += 1) {
      caller.learn(THROTTLED, START + ms)
    }
    expect(caller.state.perSecond).toBeCloseTo(20, 1)
    caller.learn(THROTTLED, START + 1_000)
    expect(caller.state.perSecond).toBeLessThan(11)
    caller.learn(QUIET, START + 62_000)
    expect(caller.state.perSecond).toBe(40)
  })

  it("finds a limit that nobody told it: it settles near it, with few refusals", () => {
    const hidden = 10
    const caller = new Caller(createLimiter(limit))
    const served: number[] = []
    let refused = 0
    for (let ms = 0; ms < 300_000; ms += 10) {
      const now = START + ms
      if (caller.ask(now) === "go") {
        const recent = served.filter((at) => at > now - 1_000).length
        if (recent >= hidden) {
          refused += 1
          caller.learn(THROTTLED, now)
        } else {
          served.push(now)
        }
      }
    }
    expect(served.length / 300).toBeGreaterThan(hidden * 0.7)
    expect(refused / served.length).toBeLessThan(0.1)
  })

  it("believes headers that say how much is left until when", () => {
    const caller = new Caller(createLimiter(limit))
    caller.learn({ ...QUIET, headers: { remaining: 50, resetMs: 10_000 } }, START)
    expect(caller.state.perSecond).toBe(5)
    caller.learn({ ...QUIET, headers: { remaining: 0, resetMs: 10_000 } }, START)
    expect(caller.ask(START)).toBe("wait")
  })
})
