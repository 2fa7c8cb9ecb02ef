import fc from "fast-check"
import { isPending } from "../lane-row"
import { Violation, type WorldOptions } from "./lane-phases"
import { LaneWorld } from "./lane-world"
import { PLANTED_BUGS } from "./planted-bugs"

interface Interleaving {
  readonly compareAndSet: boolean
  readonly workers: number
  readonly choices: readonly number[]
}

const arbitraryChoices = fc.array(fc.nat({ max: 0x3fff_ffff }), { minLength: 1, maxLength: 120, size: "max" })

const arbitraryInterleaving: fc.Arbitrary<Interleaving> = fc.record({
  compareAndSet: fc.boolean(),
  workers: fc.integer({ min: 1, max: 3 }),
  choices: arbitraryChoices,
})

/** Steps through one interleaving and then lets everything come to rest. Throws at the first thing that must not be. */
function run({ choices, ...shape }: Interleaving, options: Omit<WorldOptions, "compareAndSet" | "workers">): LaneWorld {
  const world = new LaneWorld({ ...shape, ...options })
  try {
    for (const choice of choices) {
      world.step(choice)
    }
    world.quiesce()
  } catch (error) {
    throw world.explain(error)
  }
  return world
}

// A failure prints its seed, its path and the shortest list of events that leads to it.
describe("the lane, in 20,000 random interleavings", () => {
  it("never lets a stale value overwrite a newer one while every write is answered", () => {
    fc.assert(
      fc.property(arbitraryInterleaving, (interleaving) => {
        expect(run(interleaving, { rough: false }).row.state).toBe("in-sync")
      }),
      { numRuns: 4_000 }
    )
  })

  it("does not mistake what the channel sold by itself for what it was told", () => {
    fc.assert(
      fc.property(arbitraryChoices, (choices) => {
        const { row } = run({ choices, compareAndSet: true, workers: 1 }, { rough: false })
        expect(row).toMatchObject({ state: "in-sync", acked: row.desired })
      }),
      { numRuns: 6_000 }
    )
  })

  it("ends with the truth on the channel, whatever is lost, late or dead", () => {
    fc.assert(
      fc.property(arbitraryInterleaving, (interleaving) => {
        const { row, shown, truth } = run(interleaving, { rough: true })
        expect([isPending(row), shown]).toEqual([false, Math.max(0, truth.value ?? -1)])
      }),
      { numRuns: 10_000 }
    )
  })

  it("answers 1,000 changes during one write with at most one more write", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.nat(), { minLength: 1_000, maxLength: 1_000 }),
        (compareAndSet, details) => {
          const world = new LaneWorld({ compareAndSet, workers: 1, rough: false })
          world.sendOne()
          for (const detail of details) {
            world.changeTruth(detail % 5)
            world.drainCaptured()
          }
          world.finishWork()
          expect(world.row).toMatchObject({ state: "in-sync", changeCount: 1_000 })
          expect(world.writesSent).toBeLessThanOrEqual(2)
          expect(world.shown).toBe(world.truth.value)
        }
      ),
      { numRuns: 50 }
    )
  })
})

describe("the interleavings find it when", () => {
  it.each(Object.entries(PLANTED_BUGS))("%s", (_name, planted) => {
    const outcome = fc.check(
      fc.property(arbitraryInterleaving, (interleaving) => {
        run(interleaving, planted)
      }),
      { numRuns: 30_000, seed: 3, endOnFailure: true }
    )
    expect(outcome.errorInstance).toBeInstanceOf(Violation)
  })
})
