import { describeBreak } from "../describe-report"
import { PLANTS } from "../plants"
import { simulate, type Report } from "../simulate"

const SLICE = 30_000

const breaksOf = (report: Report): string => report.breaks.map(describeBreak).join("\n")

describe("the simulation of a whole shop", () => {
  const randomSeed = Date.now() % 1_000_000_007

  it.each([["a fixed seed", 1] as const, [`the seed ${randomSeed}`, randomSeed] as const])(
    "breaks no invariant in 30,000 steps from %s",
    (_name, seed) => {
      const report = simulate({ seed, steps: SLICE })
      expect(breaksOf(report)).toBe("")
      expect(report.steps).toBeGreaterThanOrEqual(SLICE)
    }
  )

  it("gives the same days for the same seed, and other days for another", () => {
    const [once, again, other] = [7, 7, 8].map((seed) => simulate({ seed, steps: 10_000 }))
    expect(again?.digest).toBe(once?.digest)
    expect(again?.events).toBe(once?.events)
    expect(other?.digest).not.toBe(once?.digest)
  })

  it("gives the same world whether it comes first or later", () => {
    const second = simulate({ seed: 20, steps: 9_000 })
    const worlds = [20, 21, 22, 23].map((seed) => simulate({ seed, steps: 1_000 }).digest)
    expect(new Set(worlds).size).toBe(worlds.length)
    expect(second.worlds).toBeGreaterThan(1)
  })
})

/** Those that a short run finds; `scripts/checks/simulation.ts` looks for all of them. */
const QUICK = [
  "a lease does not keep others away",
  "a timeout counts as a failure",
  "a timeout is not rechecked",
  "the first write after a timeout counts as its recheck",
  "a sale of the channel is an ordinary change",
  "an answer counts for changes that came after the claim",
  "the newest cause replaces the oldest",
  "reserved stock is offered",
  "an order is reserved again after a crash",
  "an older version of an order counts as news",
  "a kit reserves only its first part",
  "what was cancelled stays reserved",
  "the channel's own sale is not marked as unknown",
] as const

describe("the simulation finds it when", () => {
  it.each(QUICK)("%s", (name) => {
    const reducers = PLANTS[name]
    const report = reducers ? simulate({ seed: 1, steps: 120_000, reducers, untilFail: true }) : null
    expect(report?.breaks).toHaveLength(1)
  })

  it("is told in words, with a command that shows it again", () => {
    const reducers = PLANTS["a timeout is not rechecked"]
    const [found] = reducers ? simulate({ seed: 1, steps: 120_000, reducers, untilFail: true }).breaks : []
    const replayed = found && reducers ? simulate({ seed: found.seed, steps: found.steps, reducers }).breaks[0] : null
    expect(replayed).toMatchObject({ invariantId: found?.invariantId, problem: found?.problem, steps: found?.steps })
    expect(found ? describeBreak(found) : "").toContain(
      `npm run simulate -- --seed ${found?.seed} --steps ${found?.steps}`
    )
  })
})
