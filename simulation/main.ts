import { parseArgs } from "node:util"
import { INVARIANTS } from "./invariants"
import { simulate, type FoundBreak, type Report } from "./simulate"

const print = (line: string): void => void process.stdout.write(`${line}\n`)

const describeBreak = ({ seed, steps, invariantId, words, problem, events }: FoundBreak): string =>
  [
    "",
    `BREAK  ${invariantId}: ${words}`,
    `       ${problem}`,
    `       replay: npm run simulate -- --seed ${seed} --steps ${steps}`,
    ...events.map((event) => `       ${event}`),
  ].join("\n")

const describeReport = (report: Report, seconds: number): string =>
  `${report.steps} steps in ${report.worlds} worlds (${report.virtualHours.toFixed(1)} virtual hours, ${report.orders} orders, ` +
  `${report.writes} writes in ${report.calls} calls), ${report.events} events, ${report.breaks.length} breaks, ` +
  `${Math.round(report.steps / seconds)} steps/s, digest ${report.digest}`

function main(): number {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      steps: { type: "string", default: "100000" },
      "until-fail": { type: "boolean", default: false },
      events: { type: "string", default: "40" },
      plant: { type: "string" },
    },
  })
  const begun = performance.now()
  const report = simulate({
    seed: Number(values.seed),
    steps: Number(values.steps),
    untilFail: values["until-fail"],
    events: Number(values.events),
  })
  const seconds = (performance.now() - begun) / 1_000
  for (const found of report.breaks.slice(0, 5)) {
    print(describeBreak(found))
  }
  for (const { id } of INVARIANTS) {
    print(`${String(report.checks.get(id) ?? 0).padStart(9)} × ${id}`)
  }
  print(describeReport(report, seconds))
  return report.breaks.length === 0 ? 0 : 1
}

process.exitCode = main()
