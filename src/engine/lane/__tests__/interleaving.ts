import fc from "fast-check"
import type { WorldOptions } from "./lane-phases"
import { LaneWorld } from "./lane-world"

export interface Interleaving {
  readonly compareAndSet: boolean
  readonly workers: number
  readonly choices: readonly number[]
}

export const arbitraryChoices = fc.array(fc.nat({ max: 0x3fff_ffff }), { minLength: 1, maxLength: 120, size: "max" })

export const arbitraryInterleaving: fc.Arbitrary<Interleaving> = fc.record({
  compareAndSet: fc.boolean(),
  workers: fc.integer({ min: 1, max: 3 }),
  choices: arbitraryChoices,
})

/** Steps through one interleaving and then lets everything come to rest. Throws at the first thing that must not be. */
export function run(
  { choices, ...shape }: Interleaving,
  options: Omit<WorldOptions, "compareAndSet" | "workers">
): LaneWorld {
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
