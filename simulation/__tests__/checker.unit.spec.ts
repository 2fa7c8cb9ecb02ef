import { exclusiveWorld } from "../checker/exclusive-world"
import { EXCLUSIVE_WORLDS, NAIVE_WORLDS } from "../checker/expected"
import { explore } from "../checker/explore"
import { naiveWorld } from "../checker/naive-worlds"
import { FIRST_ANSWER_FORGOTTEN, PLANTS } from "../plants"

describe("every interleaving of two channels", () => {
  it.each(NAIVE_WORLDS.map((world) => [`${world.rule} writes, ${world.stock} in stock`, world] as const))(
    "oversells with %s, which are the controls",
    (_name, { rule, stock, states, worst }) => {
      expect(explore(naiveWorld(rule, stock))).toMatchObject({ states, worst, isExhaustive: true })
    }
  )

  it("oversells without end when differences are worked out from a number that stops at 0", () => {
    const few = explore(naiveWorld("clamped-delta", 2), 5_000)
    const more = explore(naiveWorld("clamped-delta", 2), 50_000)
    expect(more.isExhaustive).toBe(false)
    expect(more.worst).toBeGreaterThan(few.worst)
    expect(few.worst).toBeGreaterThan(10)
  })

  it.each(EXCLUSIVE_WORLDS.filter(({ inTests }) => inTests))(
    "never oversells with $stock in stock and shares of $sharePercent percent, whatever comes first",
    (rule) => {
      expect(explore(exclusiveWorld(rule))).toMatchObject({ worst: 0, isExhaustive: true })
    }
  )

  it("has one limit: what lands after it was written again can be sold from once more", () => {
    const late = explore(exclusiveWorld({ stock: 1, sharePercent: 100, faults: 1, hasLateWrites: true }), 30_000)
    expect(late.worst).toBe(1)
    expect(late.story.join(" ")).toContain("lands late")
  })

  it("oversells when the first number is taken for never sent because its answer was lost", () => {
    const world = exclusiveWorld({ stock: 1, sharePercent: 100, faults: 1, reducers: FIRST_ANSWER_FORGOTTEN })
    expect(explore(world, 40_000).worst).toBe(1)
  })

  it("sells all there is: the one channel, or the other, or both", () => {
    const world = exclusiveWorld({ stock: 1, sharePercent: 100, faults: 0 })
    expect(explore({ ...world, badness: ({ sold }) => sold }).worst).toBe(1)
  })

  it.each([
    "an exclusive share ignores what others may still show",
    "a number counts as live only once it is confirmed",
  ])("oversells when planted: %s", (name) => {
    const reducers = PLANTS[name]
    const world = reducers && exclusiveWorld({ stock: 2, sharePercent: 100, faults: 0, reducers })
    const found = world ? explore(world, 60_000) : null
    expect(found?.worst).toBeGreaterThan(0)
    expect(found?.story.length).toBeGreaterThan(0)
  })
})
