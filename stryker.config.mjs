/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  packageManager: "npm",
  testRunner: "jest",
  plugins: ["@stryker-mutator/jest-runner"],
  jest: { projectType: "custom", configFile: "jest.mutation.config.js", enableFindRelatedTests: true },
  mutate: ["src/lib/quantity/*.ts", "src/engine/lane/lane-reducer.ts", "src/engine/lane/lane-row.ts"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  reporters: ["clear-text", "json"],
  thresholds: { high: 90, low: 80, break: 80 },
}
