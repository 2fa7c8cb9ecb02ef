// The unit tests beside the mutated files, with fewer random runs for each property: a mutant is tried against every test
// that reaches it.
const { projects } = require("./jest.config.js")

const unit = projects.find(({ displayName }) => displayName === "unit")

/** Folders of `src` whose tests judge a group of `stryker.config.mjs`. */
const FOLDERS = {
  quantity: ["lib/quantity"],
  lane: ["engine/lane"],
  guards: ["engine/guard", "engine/reconcile", "engine/breaker"],
  ingest: ["engine/ingest"],
}

const folders = FOLDERS[process.env.MUTATION_GROUP] ?? Object.values(FOLDERS).flat()

module.exports = {
  ...unit,
  roots: folders.map((folder) => `<rootDir>/src/${folder}`),
  // It judges the interleavings, not the code, and takes longer than everything else together.
  testPathIgnorePatterns: ["/node_modules/", "lane-planted-bugs"],
  moduleNameMapper: { "^fast-check$": "<rootDir>/scripts/mutation/fewer-runs.js" },
}
