import { runConvergence, type SeedResult } from "../harness/convergence"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { hold, holdNone } from "../harness/promise"

const SEEDS = 10

/** The naive side runs past the same changes, so the control needs no second run. */
const done = new WeakMap<FaultContext, readonly SeedResult[]>()

const sum = (results: readonly SeedResult[], of: (result: SeedResult) => number): number =>
  results.reduce((total, result) => total + of(result), 0)

function table(results: readonly SeedResult[]): string {
  const line = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(8)).join("")
  return [
    line(["seed", "changes", "crashes", "late", "calls", "wrong", "naive", "wrong"]),
    ...results.map((result) =>
      line([
        result.seed,
        result.changes,
        result.crashes,
        result.late,
        result.calls,
        result.wrong.length,
        result.naiveCalls,
        result.naiveWrong,
      ])
    ),
  ].join("\n")
}

async function converge(context: FaultContext): Promise<readonly SeedResult[]> {
  const seeds = Array.from({ length: SEEDS }, (_, index) => context.seed + index)
  const results = done.get(context) ?? (await runConvergence(context, seeds))
  done.set(context, results)
  return results
}

export const convergenceRow: FaultRow = {
  row: "C",
  title: `convergence under 429, 500, lost and late answers, halves and crashes, ${SEEDS} seeds`,
  inNpmTest: false,
  needsShop: false,
  isAlone: true,
  run: async (context) => {
    const results = await converge(context)
    holdNone(
      results.flatMap(({ seed, wrong }) => wrong.map((words) => `seed ${seed}: ${words}`)),
      "Every listing is right when nothing is left to do"
    )
    const crashes = sum(results, (result) => result.crashes)
    hold(crashes >= SEEDS, `Workers died (${crashes})`)
    return `0 listings wrong; the naive queue: ${sum(results, (result) => result.naiveWrong)}\n${table(results)}`
  },
  control: async (context) => {
    const wrong = sum(await converge(context), (result) => result.naiveWrong)
    hold(wrong === 0, `The naive queue leaves ${wrong} listings wrong`)
  },
}
