// fast-check for mutation testing: the same properties, each with at most so many runs. What a property kills, it nearly
// always kills within the first few dozen.
const { join } = require("node:path")

const RUNS = 100

// By its path, because the name leads here.
const real = require(join(process.cwd(), "node_modules/fast-check/lib/cjs/fast-check.js"))

const assert = (property, parameters = {}) =>
  real.assert(property, { ...parameters, numRuns: Math.min(parameters.numRuns ?? 100, RUNS) })

module.exports = { ...real, assert, default: { ...real.default, assert } }
