import { writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { inspect } from "node:util"
import { describeConditions, readConditions } from "../support/conditions"
import { BenchDatabase } from "./bench-database"
import { measureFloor, measureHub, measureNaive, type Setting } from "./contenders"
import { BENCH_HELP, parseBenchOptions, UsageError, type BenchOptions } from "./options"
import { headOf, planStream } from "./plan-stream"
import { findProblems, renderReport, summarise } from "./report"

const REPO_FOLDER = resolve(__dirname, "../..")

const say = (line: string): void =>
  void process.stderr.write(`${(performance.now() / 1_000).toFixed(0).padStart(4)} s  ${line}\n`)

async function measure(options: BenchOptions, database: BenchDatabase): Promise<number> {
  say("Preparing tables")
  await database.prepare()
  const db = await database.connect("postgres")
  const conditions = await readConditions(db, REPO_FOLDER, database.dataFolder).finally(() => db.end())
  const setting: Setting = {
    repoFolder: REPO_FOLDER,
    database,
    channels: options.channels,
    profileFolder: process.env.HUB_BENCH_PROFILE ?? null,
  }
  const size = { skus: options.listings, changes: options.changes, seed: options.seed }
  const backlog = planStream(size)
  say(
    `Hub: a backlog of ${backlog.changes} changes, ${options.listings} listings on each of ${options.channels} channels`
  )
  const hub = await measureHub(setting, backlog, { kind: "backlog" })
  say("Floor: the same calls")
  const floor = await measureFloor(setting, backlog, hub.batches)
  const stream = planStream({ ...size, changes: options.streamChanges })
  say(`Hub: a stream of ${stream.changes} changes, ${options.rate} a second`)
  const hubStream = await measureHub(setting, stream, { kind: "stream", rate: options.rate })
  const head = headOf(stream, options.naiveChanges)
  say(`Naive subscriber: the first ${head.changes} changes of this stream`)
  const naive = await measureNaive(setting, head, options.rate)
  let many = null
  if (options.manyListings !== null) {
    say(`So far:\n${renderReport(summarise({ options, conditions, hub, floor, hubStream, naive, many }))}`)
    say(`Hub: the backlog once more, with ${options.manyListings} listings on each channel`)
    many = await measureHub(setting, planStream({ ...size, skus: options.manyListings }), { kind: "backlog" })
  }
  const measurements = { hub, floor, hubStream, naive, many }
  const report = summarise({ options, conditions, ...measurements })
  process.stdout.write(`${renderReport(report)}\n\n${describeConditions(conditions)}\n`)
  if (options.jsonFile !== null) {
    writeFileSync(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`)
  }
  const problems = findProblems(measurements)
  problems.forEach((problem) => say(`WRONG: ${problem}`))
  return problems.length === 0 ? 0 : 1
}

async function main(): Promise<number> {
  const options = parseBenchOptions(process.argv.slice(2))
  if (!options) {
    process.stdout.write(`${BENCH_HELP}\n`)
    return 0
  }
  const database = await BenchDatabase.open(REPO_FOLDER)
  try {
    return await measure(options, database)
  } finally {
    await database.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    // With its causes: "fetch failed" alone says nothing.
    process.stderr.write(`\n${error instanceof UsageError ? error.message : inspect(error)}\n`)
    process.exit(error instanceof UsageError ? 2 : 1)
  }
)
