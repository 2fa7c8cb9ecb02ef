#!/usr/bin/env -S node -r ts-node/register/transpile-only
// Slow check: the benchmark runs with tiny numbers, its counts add up and every channel ends with the right numbers. How fast
// that was says nothing here.
import assert from "node:assert/strict"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { Checklist, StopChecks } from "./support/checklist"
import { mustRun } from "./support/run-command"

const REPO_FOLDER = resolve(__dirname, "../..")
const SIZE = [
  "--scale",
  "quick",
  "--listings",
  "200",
  "--changes",
  "400",
  "--stream-changes",
  "100",
  "--naive-changes",
  "20",
]

const checks = new Checklist((line) => process.stdout.write(`${line}\n`))

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hub-bench-"))
  const file = join(folder, "report.json")
  try {
    await checks.must("the benchmark runs, and what it counted adds up", () =>
      mustRun("npm", ["run", "--silent", "bench:sync", "--", ...SIZE, "--json", file], {
        folder: REPO_FOLDER,
        seconds: 600,
        signal: new AbortController().signal,
      })
    )
    await checks.check("its report names the conditions and has every figure", () => {
      const report = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, unknown>>
      for (const name of ["fsync", "synchronousCommit", "node", "postgres", "medusa", "cores"]) {
        assert.ok(report.conditions?.[name], `no ${name}`)
      }
      for (const contender of ["hub", "floor", "hub_stream", "naive"]) {
        assert.ok(report[contender]?.changes_per_second, `no pace of ${contender}`)
      }
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

main()
  .catch((error: unknown) => {
    if (!(error instanceof StopChecks)) {
      checks.fail("the check itself", error)
    }
  })
  .finally(() => {
    process.stdout.write(`${checks.summary()}\n`)
    process.exit(checks.allPassed ? 0 : 1)
  })
