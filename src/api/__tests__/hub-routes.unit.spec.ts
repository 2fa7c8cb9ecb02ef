import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { HUB_ROUTES } from "../hub-routes"

const API = join(__dirname, "..")

/** "POST /admin/hub/runs/:id/cancel" for every exported handler of every route file. */
function handlers(): string[] {
  return readdirSync(join(API, "admin"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(`${sep}route.ts`))
    .flatMap((file) => {
      const source = readFileSync(join(API, "admin", file), "utf8")
      const path = relative(API, join(API, "admin", file, ".."))
        .split(sep)
        .map((part) => part.replace(/^\[(.*)\]$/, ":$1"))
        .join("/")
      return [...source.matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(
        ([, method]) => `${method} /${path}`
      )
    })
    .sort()
}

describe("the list of routes", () => {
  it("names every route file and nothing else, each once", () => {
    expect(HUB_ROUTES.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(handlers())
  })

  it("has no folder that Medusa leaves out when it builds", () => {
    const left = HUB_ROUTES.filter(({ path }) => /\/(test|tests|unit-tests|integration-tests)(\/|$)/.test(path))
    expect(left.map(({ path }) => path)).toEqual([])
  })

  it("reads with view, and changes nothing with view", () => {
    expect(HUB_ROUTES.filter(({ method, action }) => (method === "GET") !== (action === "view"))).toEqual([])
  })

  it("has one sentence for each route", () => {
    expect(HUB_ROUTES.filter(({ summary }) => !/^[A-Z][^.]+\.$/.test(summary))).toEqual([])
  })

  it("takes no unknown fields", () => {
    const loose = HUB_ROUTES.filter(({ query, body }) =>
      [query, body].some((schema) => schema?.safeParse({ nobody_knows_this: 1 }).success === true)
    )
    expect(loose.map(({ path }) => path)).toEqual([])
  })
})
