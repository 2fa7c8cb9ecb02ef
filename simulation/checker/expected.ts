import type { ExclusiveRule } from "./exclusive-world"
import type { NaiveRule } from "./naive-worlds"

/** Simple rules, how many states two channels can get into with them, and how many units too many they sell at worst. */
export const NAIVE_WORLDS: readonly {
  readonly rule: NaiveRule
  readonly stock: number
  readonly states: number
  readonly worst: number
}[] = [
  { rule: "absolute", stock: 2, states: 1_158, worst: 4 },
  { rule: "absolute", stock: 3, states: 26_123, worst: 9 },
  { rule: "delta", stock: 2, states: 84, worst: 2 },
  { rule: "delta", stock: 3, states: 300, worst: 3 },
  { rule: "delta", stock: 4, states: 825, worst: 4 },
]

/** The reducers that ship, in every interleaving. The large ones take minutes and are left to `scripts/checks/simulation.ts`. */
export const EXCLUSIVE_WORLDS: readonly (Pick<ExclusiveRule, "stock" | "sharePercent" | "faults"> & {
  readonly inTests: boolean
})[] = [
  { stock: 1, sharePercent: 100, faults: 0, inTests: true },
  { stock: 2, sharePercent: 50, faults: 0, inTests: true },
  { stock: 2, sharePercent: 100, faults: 0, inTests: false },
  { stock: 1, sharePercent: 100, faults: 1, inTests: true },
]
