/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "jest",
  plugins: ["@stryker-mutator/jest-runner"],
  jest: { projectType: "custom", configFile: "jest.mutation.config.js", enableFindRelatedTests: true },
  mutate: ["src/lib/quantity/*.ts", "!src/lib/quantity/index.ts"],
  ignorePatterns: [".hub", ".medusa", ".cache", "docs", "adr", "integration-tests"],
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  inPlace: false,
  concurrency: 1,
  tempDirName: ".stryker-tmp",
  reporters: ["clear-text", "json", "progress-append-only"],
  jsonReporter: { fileName: ".hub/mutation/report.json" },
  thresholds: { high: 90, low: 80, break: 80 },
}
