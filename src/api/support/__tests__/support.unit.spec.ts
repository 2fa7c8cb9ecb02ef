import fc from "fast-check"
import { z } from "@medusajs/framework/zod"
import { HUB_ROUTES } from "../../hub-routes"
import { findFault, findIdFault } from "../find-fault"
import { createRouteMatcher } from "../match-route"
import { describeIssues } from "../validate-body"

describe("findFault", () => {
  it("takes every value that JSON of storable text can hold", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, stringUnit: "grapheme" }), (value) => {
        fc.pre(!JSON.stringify(value).includes("\\u0000"))
        expect(findFault(value)).toBeNull()
      })
    )
  })

  it.each<[string, unknown, string]>([
    ["a zero character", { a: ["x", { b: "c\u0000" }] }, "Field 'a, 1, b'"],
    ["half an emoji", { a: "\ud83d" }, "Field 'a'"],
    ["a name that cannot be stored", { a: { "b\u0000": 1 } }, "Field 'a' has a name"],
    ["depth", JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), "more than 32 levels"],
  ])("says where there is %s", (_, value, words) => {
    expect(findFault(value)).toContain(words)
  })
})

describe("findIdFault", () => {
  it.each(["hrun_01J", "a:b", "%F0%9F%92%A9"])("takes %s", (id) => {
    expect(findIdFault(id)).toBeNull()
  })

  it.each(["%00", "%E0%A4%A", "x".repeat(256), "a%0d%0ab", "%7f"])("refuses %s", (id) => {
    expect(findIdFault(id)).toMatch(/^The id in the path /)
  })
})

describe("the matcher of routes", () => {
  const match = createRouteMatcher(HUB_ROUTES)

  it.each(HUB_ROUTES.map(({ method, path }) => [method, path] as const))("finds %s %s", (method, path) => {
    const found = match(method, path.replace(/:[a-z_]+/g, "some-id"))
    expect(found).toMatchObject({ kind: "found", route: { method, path } })
  })

  it("prefers names to parameters, answers HEAD like GET, and knows the other methods of a path", () => {
    expect(match("GET", "/admin/hub/issues/groups")).toMatchObject({ route: { path: "/admin/hub/issues/groups" } })
    expect(match("HEAD", "/admin/hub/runs/x")).toMatchObject({ route: { method: "GET", path: "/admin/hub/runs/:id" } })
    expect(match("DELETE", "/admin/hub/runs")).toEqual({ kind: "other-methods", methods: ["GET", "POST"] })
    expect(match("GET", "/admin/hub/nothing")).toEqual({ kind: "none" })
    expect(match("GET", "/admin/hub/runs/a/b/c")).toEqual({ kind: "none" })
  })
})

describe("describeIssues", () => {
  const told = (schema: z.ZodType, value: unknown): string => {
    const result = schema.safeParse(value, { reportInput: true })
    return result.success ? "" : describeIssues(result.error.issues)
  }

  it.each<[string, z.ZodType, unknown, string]>([
    ["what is missing", z.strictObject({ a: z.string() }), {}, "Field 'a' is required"],
    ["what is not known", z.strictObject({}), { b: 1 }, "Unrecognized fields: 'b'"],
    ["what is not known deep inside", z.strictObject({ a: z.strictObject({}) }), { a: { b: 1 } }, "'a, b'"],
    ["what has the wrong type", z.strictObject({ a: z.array(z.string()) }), { a: [1] }, "Field 'a, 0': "],
    ["what is no object", z.strictObject({}), "x", "The body: "],
    [
      "an unknown kind",
      z.discriminatedUnion("do", [z.strictObject({ do: z.literal("a") }), z.strictObject({ do: z.literal("b") })]),
      { do: "c" },
      "Field 'do'",
    ],
    [
      "a rule over several fields",
      z.strictObject({}).refine(() => false, "Give one of them."),
      {},
      "Give one of them.",
    ],
  ])("says %s", (_, schema, value, words) => {
    expect(told(schema, value)).toContain(words)
  })
})
