// Unit tests of the mutated folders alone, with fewer random runs for each property: a mutant is tried against every test
// that reaches it.
const { projects } = require("./jest.config.js")

const unit = projects.find(({ displayName }) => displayName === "unit")

module.exports = {
  ...unit,
  roots: ["<rootDir>/src"],
  moduleNameMapper: { "^fast-check$": "<rootDir>/scripts/mutation/fewer-runs.js" },
}
