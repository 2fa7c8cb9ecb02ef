#!/usr/bin/env -S node -r ts-node/register/transpile-only
// Slow check: lets the production reducers live through more than a million steps of virtual days that go wrong.
import assert from "node:assert/strict"
import { FIXED_SEED, SEED_FOR_PLANTS, STEPS_FOR_A_PLANT, STEPS_PER_SEED } from "../../simulation/budget"
import { exclusiveWorld } from "../../simulation/checker/exclusive-world"
import { EXCLUSIVE_WORLDS } from "../../simulation/checker/expected"
import { explore } from "../../simulation/checker/explore"
import { describeBreak, describeChecks, describeReport } from "../../simulation/describe-report"
import { INVARIANTS } from "../../simulation/invariants"
import { PLANTS } from "../../simulation/plants"
import { simulate, type Report } from "../../simulation/simulate"
import { Checklist } from "./support/checklist"

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const checks = new Checklist(print)

function run(seed: number): Report {
  const begun = performance.now()
  const report = simulate({ seed, steps: STEPS_PER_SEED })
  print(`seed ${seed}: ${describeReport(report, (performance.now() - begun) / 1_000)}`)
  assert.equal(report.breaks.length, 0, report.breaks.slice(0, 3).map(describeBreak).join("\n"))
  return report
}

async function main(): Promise<void> {
  const seeds = [FIXED_SEED, Date.now() % 1_000_000_007]
  for (const seed of seeds) {
    const report = await checks.check(`no invariant breaks in ${STEPS_PER_SEED} steps from seed ${seed}`, () =>
      run(seed)
    )
    if (report) {
      describeChecks(report).forEach(print)
      await checks.check(`every invariant was asked, seed ${seed}`, () => {
        const silent = INVARIANTS.filter(({ id }) => (report.checks.get(id) ?? 0) === 0)
        assert.deepEqual(
          silent.map(({ id }) => id),
          []
        )
      })
    }
  }
  for (const rule of EXCLUSIVE_WORLDS) {
    const words = `${rule.stock} in stock, ${rule.sharePercent} % each, ${rule.faults} faults`
    await checks.check(`two exclusive channels never oversell: ${words}`, () => {
      const { states, worst, isExhaustive, story } = explore(exclusiveWorld(rule), 3_000_000)
      print(`        ${states} states, ${worst} oversold at worst`)
      assert.ok(isExhaustive, "not every state was reached")
      assert.equal(worst, 0, story.join("\n"))
    })
  }
  for (const [name, reducers] of Object.entries(PLANTS)) {
    await checks.check(`found when planted: ${name}`, () => {
      const report = simulate({ seed: SEED_FOR_PLANTS, steps: STEPS_FOR_A_PLANT, reducers, untilFail: true })
      const [found] = report.breaks
      assert.ok(found, `not found in ${report.steps} steps`)
      print(`        ${found.invariantId} after ${report.steps} steps`)
    })
  }
}

main()
  .catch((error: unknown) => checks.fail("the simulation itself", error))
  .finally(() => {
    print(checks.summary())
    process.exit(checks.allPassed ? 0 : 1)
  })
