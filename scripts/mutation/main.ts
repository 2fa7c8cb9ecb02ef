// Do the tests notice when a decision is changed? Stryker changes the quantity function and the reducers in every
// way it knows, one at a time. Each group has to notice at least 80 of 100 changes.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { Checklist, StopChecks } from "../checks/support/checklist"
import { findSurvivors, scoreOf, type MutationReport } from "./mutation-score"
import { mustRun } from "../checks/support/run-command"

const REPO_FOLDER = resolve(__dirname, "../..")
const LEAST_SCORE = 80
const GROUPS = ["quantity", "lane", "guards", "ingest"] as const

const checks = new Checklist((line) => process.stdout.write(`${line}\n`))
const reports: MutationReport[] = []

async function mutate(group: string): Promise<void> {
  await mustRun("npx", ["stryker", "run"], {
    folder: REPO_FOLDER,
    variables: { MUTATION_GROUP: group, MUTATION_BREAK: "0" },
    seconds: 30 * 60,
    signal: new AbortController().signal,
  })
  const file = join(REPO_FOLDER, ".hub", "mutation", `${group}.json`)
  const report = JSON.parse(readFileSync(file, "utf8")) as MutationReport
  reports.push(report)
  const score = scoreOf([report])
  process.stdout.write(
    `        ${group}: ${score.found} of ${score.total} changes noticed, ${score.percent.toFixed(1)} %\n`
  )
  assert.ok(score.percent >= LEAST_SCORE, `unnoticed:\n${findSurvivors(report).join("\n")}`)
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2)
  const groups = GROUPS.filter((group) => asked.length === 0 || asked.includes(group))
  assert.ok(groups.length > 0, `There is no group ${asked.join(", ")}: choose from ${GROUPS.join(", ")}.`)
  for (const group of groups) {
    await checks.check(`${group}: at least ${LEAST_SCORE} % of all changes are noticed`, () => mutate(group))
  }
  await checks.check(`at least ${LEAST_SCORE} % in all`, () => {
    const score = scoreOf(reports)
    process.stdout.write(`        in all: ${score.found} of ${score.total}, ${score.percent.toFixed(1)} %\n`)
    assert.ok(score.percent >= LEAST_SCORE)
  })
}

main()
  .catch((error: unknown) => {
    if (!(error instanceof StopChecks)) {
      checks.fail("the mutation check itself", error)
    }
  })
  .finally(() => {
    process.stdout.write(`${checks.summary()}\n`)
    process.exit(checks.allPassed ? 0 : 1)
  })
