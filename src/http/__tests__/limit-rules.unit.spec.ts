import fc from "fast-check"
import type { LimitDeclaration } from "../../types/limits"
import { createLimiter, findLimitMistake } from "../limits/create-limiter"
import { LEASE_MS, leaseOf } from "../limits/lease"
import { pauseAfter, type Pause } from "../limits/pause"

const START = 1_700_000_000_000

describe("what a process may take along", () => {
  it("and the smaller bucket together are never more than the limit allows, however late it is used", () => {
    const settings = fc.record({
      capacity: fc.integer({ min: 1, max: 200 }),
      perSecond: fc.integer({ min: 1, max: 200 }),
    })
    const gaps = fc.array(fc.record({ gapMs: fc.nat(400), lateMs: fc.nat(LEASE_MS) }), { maxLength: 60 })
    fc.assert(
      fc.property(settings, gaps, ({ capacity, perSecond }, questions) => {
        const { limit, extra } = leaseOf({ kind: "token-bucket", name: "x", capacity, perSecond })
        const limiter = createLimiter(limit)
        let state = limiter.restore({}, START)
        let now = START
        const calls: number[] = []
        for (const { gapMs, lateMs } of questions) {
          now += gapMs
          const decision = limiter.decide(state, { cost: 1, extra, maxWaitMs: 0 }, now)
          if (decision.kind === "go") {
            state = decision.state
            calls.push(decision.at, ...Array.from({ length: decision.extra }, () => now + lateMs))
          }
        }
        calls.sort((a, b) => a - b)
        // From every call to every later one: how many there were beyond what came back meanwhile.
        let most = 0
        let least = Infinity
        calls.forEach((at, index) => {
          const restored = (perSecond * (at - START)) / 1_000
          least = Math.min(least, index - restored)
          most = Math.max(most, index + 1 - restored - least)
        })
        expect(most).toBeLessThanOrEqual(capacity + 1e-4)
      })
    )
  })

  it("is nothing where the limit is small: every call asks", () => {
    const small: LimitDeclaration = { kind: "token-bucket", name: "x", capacity: 2, perSecond: 2 }
    expect(leaseOf(small)).toEqual({ limit: small, extra: 0 })
    expect(leaseOf({ ...small, capacity: 40, perSecond: 40 })).toMatchObject({ extra: 10, limit: { capacity: 30 } })
  })
})

describe("a pause after a refusal", () => {
  it("is as long as the channel asks, and a longer one is not cut short", () => {
    expect(pauseAfter(null, 5_000, START)).toEqual({ from: START, until: START + 5_000 })
    const pause: Pause = { from: START, until: START + 5_000 }
    expect(pauseAfter(pause, 3_000, START + 1)).toBeNull()
    expect(pauseAfter(pause, 9_000, START + 1)).toEqual({ from: START + 1, until: START + 9_001 })
  })

  it("doubles while the channel goes on refusing without a word, up to a minute, and begins anew after quiet", () => {
    let pause = pauseAfter(null, undefined, START)
    const lengths: number[] = []
    for (let round = 0; round < 9 && pause; round += 1) {
      lengths.push(pause.until - pause.from)
      expect(pauseAfter(pause, undefined, pause.until - 1)).toBeNull()
      pause = pauseAfter(pause, undefined, pause.until)
    }
    expect(lengths).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
    const last: Pause = { from: START, until: START + 60_000 }
    expect(pauseAfter(last, 0, START + 120_001)).toEqual({ from: START + 120_001, until: START + 121_001 })
  })
})

describe("a declaration", () => {
  const good: LimitDeclaration = { kind: "token-bucket", name: "calls", capacity: 1, perSecond: 1 }

  it.each([
    ["calls per second", { ...good, name: "Calls per second" }],
    ["a name twice", good],
    ["no capacity", { ...good, name: "x", capacity: 0 }],
    ["no rate", { ...good, name: "x", perSecond: 0 }],
    ["an endless rate", { ...good, name: "x", perSecond: Infinity }],
    ["a quota of nothing", { kind: "daily-quota", name: "x", perDay: 0, resetOffsetMinutes: 0 }],
    ["a midnight that is nowhere", { kind: "daily-quota", name: "x", perDay: 1, resetOffsetMinutes: 900 }],
    ["a slowest rate above the fastest", { kind: "adaptive", name: "x", minPerSecond: 2, maxPerSecond: 1 }],
  ] as const satisfies readonly (readonly [string, LimitDeclaration])[])("with %s is a mistake", (_name, limit) => {
    expect(findLimitMistake([good, limit])).not.toBeNull()
  })

  it("of every shape can be right", () => {
    expect(
      findLimitMistake([
        good,
        { kind: "cost-bucket", name: "cost", capacity: 1_000, perSecond: 50 },
        { kind: "daily-quota", name: "edits", perDay: 250, resetOffsetMinutes: -480, perEntity: true },
        { kind: "adaptive", name: "rate", minPerSecond: 0.5, maxPerSecond: 10 },
      ])
    ).toBeNull()
  })
})
