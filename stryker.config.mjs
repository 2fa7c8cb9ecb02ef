/** Which files are mutated, by group. Each group has to reach the score by itself. */
const GROUPS = {
  quantity: ["src/lib/quantity/*.ts"],
  lane: ["src/engine/lane/{lane-reducer,lane-row,mark-row,exposure,bisect}.ts"],
  guards: [
    "src/engine/guard/plan-guard.ts",
    "src/engine/reconcile/judge-observation.ts",
    "src/engine/breaker/breaker.ts",
  ],
  ingest: ["src/engine/ingest/{plan-order,plan-reservations,free-stock}.ts"],
}

const group = process.env.MUTATION_GROUP
const files = group === undefined ? Object.values(GROUPS).flat() : (GROUPS[group] ?? [])

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "jest",
  plugins: ["@stryker-mutator/jest-runner"],
  jest: { projectType: "custom", configFile: "jest.mutation.config.js", enableFindRelatedTests: true },
  mutate: [...files, "!src/lib/quantity/index.ts"],
  ignorePatterns: ["/*", "!/src", "!/scripts", "!/jest*.js", "!/package.json", "!/tsconfig.json", "!/simulation"],
  coverageAnalysis: "perTest",
  // A mutant in code that runs once when a file is loaded needs every test of it again and tells nothing of a decision.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 4_000,
  tempDirName: ".stryker-tmp",
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: `.hub/mutation/${group ?? "all"}.json` },
  thresholds: { high: 90, low: 80, break: Number(process.env.MUTATION_BREAK ?? 80) },
}
