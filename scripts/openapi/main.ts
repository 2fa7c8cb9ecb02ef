#!/usr/bin/env -S node -r ts-node/register/transpile-only
// Writes what is generated from the table of routes and the types of the answers. A test compares it with the sources.
import { writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { HUB_ROUTES } from "../../src/api/hub-routes"
import { describeApi } from "../../src/api/openapi/describe-api"
import { answerSchemas } from "./answer-schemas"
import { renderAnswerSchemas, renderDocument } from "./render"

const ROOT = resolve(__dirname, "../..")

async function main(): Promise<void> {
  const schemas = answerSchemas()
  writeFileSync(join(ROOT, "src/api/openapi/answer-schemas.ts"), await renderAnswerSchemas(schemas))
  writeFileSync(join(ROOT, "docs/openapi.json"), await renderDocument(describeApi(HUB_ROUTES, schemas)))
  process.stdout.write(`${Object.keys(schemas).length} schemas; docs/openapi.json is written.\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  process.exit(1)
})
