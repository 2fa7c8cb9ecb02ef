import fc from "fast-check"
import { z } from "@medusajs/framework/zod"
import { HUB_ROUTES } from "../../src/api/hub-routes"
import type { HubRoute } from "../../src/api/support/hub-route"

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: unknown
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
  readonly format?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

const schemaOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: "input", unrepresentable: "any" }) as Schema

/** Something that a schema takes, with every field. */
function sampleOf(schema: Schema): unknown {
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) {
    return sampleOf(first)
  }
  if ("const" in schema || schema.enum) {
    return schema.const ?? schema.enum?.[0]
  }
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, sampleOf(field)]))
    case "array":
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sampleOf(schema.items ?? {}))
    case "integer":
    case "number":
      return Math.max(1, schema.minimum ?? 1)
    case "boolean":
      return true
    default:
      return schema.format === "uri"
        ? "http://127.0.0.1:1"
        : schema.format === "date-time"
          ? "2026-01-01T00:00:00Z"
          : "x"
  }
}

/** A body that a route takes, as far as its schema tells. */
export const sampleBody = (type: z.ZodType | undefined): unknown => (type ? sampleOf(schemaOf(type)) : {})

const deep = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}1${"]".repeat(levels)}`)

/** Values that hardly any field takes, each for a reason. */
export const BAD_VALUES: readonly (readonly [name: string, value: unknown])[] = [
  ["a zero character", "a\u0000b"],
  ["half an emoji", "\ud800"],
  ["a very long text", "x".repeat(20_000)],
  ["a huge number", 1e308],
  ["a number beyond 32 bits", 3_000_000_000],
  ["a negative number", -1],
  ["a fraction", 0.5],
  ["a deep list", deep(2_000)],
  ["an object", { a: { b: 1 } }],
  ["a list of nothing", []],
  ["null", null],
  ["a truth value", true],
  ["SQL", "' OR 1=1; --"],
  ["a path", "../../etc/passwd"],
  ["an empty text", ""],
  ["a prototype", JSON.parse('{"__proto__": {"admin": true}}')],
]

const KINDS = [
  "body field",
  "body whole",
  "body text",
  "query field",
  "query unknown",
  "cursor",
  "id",
  "method",
  "unknown field",
] as const

export interface BadInput {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** What a refusal has to name; null where the input may be taken. */
  readonly mustName: string | null
}

const JSON_TYPE = { "content-type": "application/json" }
const NOBODY = "nobody_knows_this"

const fillPath = (path: string, id = NOBODY): string => path.replace(/:[a-z_]+/g, id)

type Draft = Omit<BadInput, "method" | "what"> & { readonly method?: string }

interface Choice {
  readonly route: HubRoute
  readonly kind: (typeof KINDS)[number]
  readonly value: (typeof BAD_VALUES)[number]
  readonly pick: number
}

const choose = <Item>(items: readonly Item[], pick: number): Item | undefined => items[pick % Math.max(1, items.length)]

// Not "%E0%A4%A": Medusa's own look-up of routes dies of it, before any plugin is asked; a case holds that.
const WRONG_IDS = ["%00", "x".repeat(300), "%F0%9F%92%A9", "'%20OR%201=1", "..%2F..", NOBODY, "%0d%0aX:1"]

const TEXTS: readonly (readonly [body: string, type: string])[] = [
  ["{", "application/json"],
  ["", "application/json"],
  ["nonsense", "application/json"],
  ["a=1&b=2", "application/x-www-form-urlencoded"],
  ["<a/>", "application/xml"],
  ["plain", "text/plain"],
  ["{}", "application/json; charset=nonsense"],
  [JSON.stringify({ a: "x".repeat(300_000) }), "application/json"],
  ['"text"', "application/json"],
  [`${"[".repeat(40_000)}${"]".repeat(40_000)}`, "application/json"],
]

function draftOf({ route, kind, value: [name, value], pick }: Choice): (Draft & { note: string }) | null {
  const path = fillPath(route.path)
  const sample = sampleBody(route.body)
  const json = (body: unknown): Pick<BadInput, "headers" | "body"> =>
    route.method === "GET" ? { headers: {} } : { headers: JSON_TYPE, body: JSON.stringify(body) }
  const query = (params: string): string => `${path}?${params}`
  switch (kind) {
    case "body field": {
      const [field] = choose(Object.entries(typeof sample === "object" && sample ? sample : {}), pick) ?? []
      return field === undefined
        ? null
        : { ...json({ ...(sample as object), [field]: value }), path, mustName: null, note: `${field} is ${name}` }
    }
    case "body whole":
      return route.method === "GET"
        ? null
        : { ...json(value), path, mustName: Array.isArray(value) || typeof value !== "object" ? "" : null, note: name }
    case "body text": {
      const [text, type] = choose(TEXTS, pick) ?? ["", ""]
      return route.method === "GET"
        ? null
        : { headers: { "content-type": type }, body: text, path, mustName: null, note: `${type} ${text.slice(0, 20)}` }
    }
    case "query field": {
      const [field] = choose(Object.keys(route.query?.shape ?? {}), pick) ?? []
      const fields = Object.keys(route.query?.shape ?? {})
      const chosen = choose(fields, pick)
      return field === undefined || chosen === undefined
        ? null
        : {
            ...json(sample),
            path: query(
              `${chosen}=${encodeURIComponent(typeof value === "string" ? value.replace("\ud800", "\ufffd").slice(0, 8_000) : JSON.stringify(value).slice(0, 4_000))}`
            ),
            mustName: null,
            note: `${chosen}=${name}`,
          }
    }
    case "query unknown":
      return { ...json(sample), path: query(`${NOBODY}=1`), mustName: NOBODY, note: "unknown filter" }
    case "cursor":
      return route.query && "cursor" in route.query.shape
        ? {
            ...json(sample),
            path: query(
              `cursor=${encodeURIComponent(choose(["%%", ":::", "null", "0", "x:y", "\u0000", "hrun_"], pick) ?? "")}`
            ),
            mustName: null,
            note: "cursor",
          }
        : null
    case "id": {
      const id = choose(WRONG_IDS, pick) ?? ""
      return route.path.includes(":")
        ? { ...json(sample), path: fillPath(route.path, id), mustName: null, note: id.slice(0, 20) }
        : null
    }
    case "method": {
      const method = choose(["PUT", "PATCH", "DELETE", "PROPFIND"], pick) ?? "PUT"
      const isServed = HUB_ROUTES.some((other) => other.path === route.path && other.method === method)
      return isServed ? null : { headers: {}, method, path, mustName: method, note: method }
    }
    case "unknown field":
      return route.method === "GET"
        ? null
        : { ...json({ ...(sample as object), [NOBODY]: 1 }), path, mustName: NOBODY, note: "unknown field" }
  }
}

/** Bad inputs over all routes, the same for the same seed. */
export function badInputs(seed: number, count: number): BadInput[] {
  const choices = fc.sample(
    fc.record({
      route: fc.constantFrom(...HUB_ROUTES),
      kind: fc.constantFrom(...KINDS),
      value: fc.constantFrom(...BAD_VALUES),
      pick: fc.nat(1_000),
    }),
    { seed, numRuns: count * 3 }
  )
  return choices
    .flatMap((choice) => {
      const draft = draftOf(choice)
      if (draft === null) {
        return []
      }
      const { note, ...rest } = draft
      return [
        {
          method: choice.route.method,
          ...rest,
          what: `${choice.route.method} ${choice.route.path}: ${choice.kind}, ${note}`,
        },
      ]
    })
    .slice(0, count)
}
