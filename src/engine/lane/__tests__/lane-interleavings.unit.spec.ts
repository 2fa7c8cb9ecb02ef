import fc from "fast-check"
import { isPending } from "../lane-row"
import { arbitraryChoices, arbitraryInterleaving, run } from "./interleaving"
import { LaneWorld } from "./lane-world"

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
