import { parseArgs } from "node:util"
import { describeBreak, describeChecks, describeReport } from "./describe-report"
import { PLANTS } from "./plants"
import { PRODUCTION } from "./reducers"
import { simulate } from "./simulate"

const USAGE = `npm run simulate -- [options]

  --seed N        the first world's seed; "random" takes one from the clock and prints it (1)
  --steps N       how many steps, over as many worlds as it takes (100000)
  --until-fail    stop at the first break
  --plant NAME    put a known mistake into the reducers; "list" names them
  --events N      how many events to show before a break (40)`

const print = (line: string): void => void process.stdout.write(`${line}\n`)

function main(): number {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      steps: { type: "string", default: "100000" },
      events: { type: "string", default: "40" },
      plant: { type: "string" },
      "until-fail": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  })
  const seed = values.seed === "random" ? Date.now() % 1_000_000_007 : Number(values.seed)
  const steps = Number(values.steps)
  const reducers = values.plant === undefined ? PRODUCTION : PLANTS[values.plant]
  if (values.help || values.plant === "list" || !Number.isSafeInteger(seed) || !(steps > 0) || !reducers) {
    print(
      values.help
        ? USAGE
        : `${USAGE}\n\nplants:\n${Object.keys(PLANTS)
            .map((name) => `  ${name}`)
            .join("\n")}`
    )
    return values.help || values.plant === "list" ? 0 : 2
  }
  print(`seed ${seed}${values.plant === undefined ? "" : `, planted: ${values.plant}`}`)
  const begun = performance.now()
  const report = simulate({
    seed,
    steps,
    reducers,
    untilFail: values["until-fail"],
    events: Number(values.events),
  })
  report.breaks.slice(0, 5).forEach((found) => print(describeBreak(found)))
  describeChecks(report).forEach(print)
  print(describeReport(report, (performance.now() - begun) / 1_000))
  return report.breaks.length === 0 ? 0 : 1
}

process.exitCode = main()
