#!/usr/bin/env node
// The published package holds compiled code; in the repository the source is run as it is, so that no build goes stale.
const { existsSync } = require("node:fs")
const { join } = require("node:path")

const source = join(__dirname, "../src/cli/main.ts")
if (existsSync(source)) {
  require("ts-node").register({ transpileOnly: true, project: join(__dirname, "../tsconfig.json") })
  require(source)
} else {
  require(join(__dirname, "../.medusa/server/src/cli/main.js"))
}
