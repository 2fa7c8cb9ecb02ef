import { readFileSync } from "node:fs"
import { join } from "node:path"
import { buildSchema, parse, validate } from "graphql"
import { API_VERSIONS, hasOfficialSchemas, loadSchema } from "../../../../fakes/shopify/load-schema"
import * as documents from "../documents"
import type { Operation } from "../documents"
import { orderOperations } from "../order-documents"

const isOperation = (value: unknown): value is Operation =>
  typeof value === "object" && value !== null && "document" in value && "name" in value

const levels = [1, 2, documents.MOST_LOCATIONS].map((locations) => ({
  ...documents.levelsOperation(locations),
  name: `read-stock at ${locations}`,
}))

const operations: readonly Operation[] = [
  ...Object.values(documents).filter(isOperation),
  ...levels,
  ...Object.values(orderOperations(false)),
  ...Object.values(orderOperations(true)),
]

const cases = API_VERSIONS.flatMap((version) => operations.map(({ name, document }) => ({ version, name, document })))

const ownSchema = () => {
  const folder = join(__dirname, "../../../../fakes/shopify")
  return buildSchema(
    ["core.graphql", "more.graphql"].map((file) => readFileSync(join(folder, file), "utf8")).join("\n")
  )
}

describe("documents that are sent to Shopify", () => {
  if (!hasOfficialSchemas()) {
    process.stdout.write(
      "shopify: Shopify's own schemas are not beside this repository, so documents are held against ours.\n"
    )
  }

  it.each(cases)("$name is valid on $version", ({ version, document }) => {
    expect(validate(loadSchema(version), parse(document)).map(({ message }) => message)).toEqual([])
  })

  it.each(operations)("$name is valid on the schema that stands in for Shopify's", ({ document }) => {
    expect(validate(ownSchema(), parse(document)).map(({ message }) => message)).toEqual([])
  })

  it("would not be valid with what Shopify took away or never had", () => {
    const broken = [
      documents.SET_QUANTITIES.document.replace("@idempotent(key: $key)", "@idempotent"),
      documents.SET_QUANTITIES.document.replace("inventoryAdjustmentGroup { id }", "inventoryLevel { available }"),
      documents.levelsOperation(1).document.replace(`quantities(names: ["available"]) { name quantity }`, "available"),
    ]
    for (const document of broken) {
      expect(validate(loadSchema("2026-10"), parse(document))).not.toEqual([])
    }
  })

  it("says of every document that writes that it writes", () => {
    const wrong = operations.filter(({ document, isWrite }) => document.startsWith("mutation") !== (isWrite ?? false))
    expect(wrong).toEqual([])
  })
})
