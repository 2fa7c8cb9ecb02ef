import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { HUB_ROUTES } from "../../../src/api/hub-routes"
import { ANSWER_SCHEMAS } from "../../../src/api/openapi/answer-schemas"
import { describeApi } from "../../../src/api/openapi/describe-api"
import { answerSchemas } from "../answer-schemas"

const ROOT = resolve(__dirname, "../../..")
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe("the OpenAPI document", () => {
  it("says what the types of the answers say (if not: npm run openapi)", () => {
    expect(ANSWER_SCHEMAS).toEqual(plain(answerSchemas()))
  }, 30_000)

  it("says what the table of routes says (if not: npm run openapi)", () => {
    expect(JSON.parse(readFileSync(resolve(ROOT, "docs/openapi.json"), "utf8"))).toEqual(plain(describeApi()))
  })

  it("has every route once, under an id of its own", () => {
    const operations = Object.entries(describeApi().paths).flatMap(([path, methods]) =>
      Object.entries(plain(methods) as Record<string, { operationId: string }>).map(([method, { operationId }]) => ({
        route: `${method.toUpperCase()} ${path.replace(/\{([a-z_]+)\}/g, ":$1")}`,
        operationId,
      }))
    )
    expect(operations.map(({ route }) => route).sort()).toEqual(
      HUB_ROUTES.map(({ method, path }) => `${method} ${path}`).sort()
    )
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(HUB_ROUTES.length)
  })

  it("refers to nothing that it does not hold", () => {
    const text = JSON.stringify(describeApi())
    const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? "")
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => name !== "HubProblem" && !(name in ANSWER_SCHEMAS))).toEqual([])
  })

  it("says of every route what it answers", () => {
    expect(
      HUB_ROUTES.filter(({ answer }) => answer === undefined).map(({ method, path }) => `${method} ${path}`)
    ).toEqual([])
  })
})
