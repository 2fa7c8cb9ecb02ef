import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { openStage } from "./harness/fault-context"
import { runRows, type RowReport } from "./harness/run-rows"
import { FAULT_ROWS } from "./rows"

const REPO_FOLDER = resolve(__dirname, "../..")

const HELP = `npm run faults -- [--row 14]… [--seed 3] [--jobs 3] [--list] [--verbose]

Breaks real Postgres, real workers and real HTTP on purpose, and holds everything against the truth afterwards.
Each row runs once with its fault, and once more with a protection taken away: then it has to fail.`

interface Options {
  readonly rows: readonly string[]
  readonly seed: number
  readonly jobs: number
  readonly isList: boolean
  readonly isVerbose: boolean
}

function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      row: { type: "string", multiple: true, default: [] },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: "3" },
      list: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  })
  const [seed, jobs] = [Number(values.seed), Number(values.jobs)]
  if (!Number.isInteger(seed) || !Number.isInteger(jobs) || jobs < 1) {
    throw new Error("--seed and --jobs are whole numbers.")
  }
  return values.help ? null : { rows: values.row, seed, jobs, isList: values.list, isVerbose: values.verbose }
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

function report({ row: { row, title }, result, seconds }: RowReport, seed: number): void {
  const name = `${row.padStart(3)}  ${title} (${seconds.toFixed(1)} s)`
  switch (result.kind) {
    case "passed":
      say(`ok       ${name}: ${result.measured}\n              control: ${result.control}`)
      break
    case "failed":
      say(
        `FAILED   ${name}\n${result.why.replace(/^/gm, "              ")}\n              again with: --row ${row} --seed ${seed}`
      )
      break
    case "skipped":
      say(`skipped  ${name}: ${result.why}`)
  }
}

/** `npm run faults`. @returns the exit code */
export async function faultsCommand(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (!options) {
    say(HELP)
    return 0
  }
  const chosen = FAULT_ROWS.filter(({ row }) => options.rows.length === 0 || options.rows.includes(row))
  if (options.isList || chosen.length === 0) {
    FAULT_ROWS.forEach(({ row, title, inNpmTest }) =>
      say(`${row.padStart(3)}  ${title}${inNpmTest ? "  [npm test]" : ""}`)
    )
    return options.isList ? 0 : 2
  }
  const stage = await openStage(REPO_FOLDER, "faults")
  const breakOff = (): void => void stage.close().finally(() => process.exit(143))
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, breakOff)
  }
  try {
    const counts = await runRows(stage, chosen, {
      seed: options.seed,
      jobs: options.jobs,
      ...(options.isVerbose ? { log: say } : {}),
      onReport: (done) => report(done, options.seed),
    })
    say(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
    return counts.failed === 0 ? 0 : 1
  } finally {
    await stage.close()
  }
}
