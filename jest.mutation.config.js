// Unit tests alone, with fewer random runs for each property: a mutant is tried against every test that reaches it.
const { projects } = require("./jest.config.js")

const unit = projects.find(({ displayName }) => displayName === "unit")

module.exports = {
  ...unit,
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/.stryker-tmp/"],
  moduleNameMapper: { "^fast-check$": "<rootDir>/scripts/mutation/fewer-runs.js" },
}
