#!/usr/bin/env -S node -r ts-node/register/transpile-only
// Writes what is generated from the table of routes and the types of the answers. A test compares it with the sources.
import { writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { answerSchemas } from "./answer-schemas"
import { renderAnswerSchemas, renderDocument } from "./render"

const ROOT = resolve(__dirname, "../..")

async function main(): Promise<void> {
  const schemas = answerSchemas()
  writeFileSync(join(ROOT, "src/api/openapi/answer-schemas.ts"), await renderAnswerSchemas(schemas))
  // Only now: it reads the file that has just been written.
  const { describeApi } = await import("../../src/api/openapi/describe-api")
  writeFileSync(join(ROOT, "docs/openapi.json"), await renderDocument(describeApi()))
  process.stdout.write(`${Object.keys(schemas).length} schemas; docs/openapi.json is written.\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  process.exit(1)
})
