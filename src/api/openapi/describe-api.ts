import { z } from "@medusajs/framework/zod"
import { HUB_ROUTES } from "../hub-routes"
import type { HubOpenApiDocument } from "../../types/http/openapi"
import type { HubRoute } from "../support/hub-route"
import { ANSWER_SCHEMAS } from "./answer-schemas"

type Json = Record<string, unknown>

const ERRORS: Readonly<Record<string, string>> = {
  400: "The request cannot be taken: the message says which field, and why.",
  401: "Nobody is logged in.",
  403: "The caller lacks the action of this route: the message names it.",
  404: "There is no such thing: the message names the id.",
  409: "It cannot be done in the state that things are in: the message says which.",
}

/** JSON Schema of what a caller may send. Patterns of dates say less than their format does, at ten times the length. */
function schemaOf(type: z.ZodType): Json {
  const schema = z.toJSONSchema(type, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) {
        delete jsonSchema.pattern
      }
    },
  })
  const { $schema: _dialect, ...rest } = schema
  return rest
}

const parameterOf = (place: "path" | "query", name: string, rest: Json): Json => ({ in: place, name, ...rest })

function parametersOf({ path, query }: HubRoute): Json[] {
  const ids = [...path.matchAll(/:([a-z_]+)/g)].map(([, name = ""]) =>
    parameterOf("path", name, { required: true, schema: { type: "string", maxLength: 255 } })
  )
  const { properties = {}, required = [] } = query ? schemaOf(query) : {}
  const names = new Set(Array.isArray(required) ? required : [])
  const filters = Object.entries(properties as Record<string, Json>).map(([name, { description, ...schema }]) =>
    parameterOf("query", name, {
      ...(names.has(name) && !("default" in schema) ? { required: true } : {}),
      ...(description === undefined ? {} : { description }),
      schema,
    })
  )
  return [...ids, ...filters]
}

const problem = (description: string): Json => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/HubProblem" } } },
})

const contentOf = (answer: HubRoute["answer"]): Json =>
  answer === "text/csv"
    ? { "text/csv": { schema: { type: "string" } } }
    : { "application/json": { schema: answer === undefined ? {} : { $ref: `#/components/schemas/${answer}` } } }

function answersOf({ answer, status = 200, path, method }: HubRoute): Json {
  const done = { description: "Done.", content: contentOf(answer) }
  const codes = ["400", "401", "403", ...(path.includes(":") ? ["404"] : []), ...(method === "GET" ? [] : ["409"])]
  return {
    ...Object.fromEntries([status].flat().map((code) => [String(code), done])),
    ...Object.fromEntries(codes.map((code) => [code, problem(ERRORS[code] ?? "")])),
  }
}

const toPascal = (words: string): string =>
  words.replace(/(?:^|[-_/])([a-z])/g, (_match, letter: string) => letter.toUpperCase())

/** `postConnectionsIdPreview`: stable as long as the route is. */
const operationIdOf = ({ method, path }: HubRoute): string =>
  `${method.toLowerCase()}${toPascal(path.replace("/admin/hub", "").replaceAll(":", ""))}`

const operationOf = (route: HubRoute): Json => ({
  operationId: operationIdOf(route),
  tags: [route.path.split("/")[3] ?? "hub"],
  summary: route.summary,
  description: `Needs the action \`${route.action}\`.`,
  "x-hub-action": route.action,
  ...(parametersOf(route).length > 0 ? { parameters: parametersOf(route) } : {}),
  ...(route.body ? { requestBody: { content: { "application/json": { schema: schemaOf(route.body) } } } } : {}),
  responses: answersOf(route),
})

const PROBLEM: Json = {
  type: "object",
  properties: {
    message: { type: "string", description: "What is wrong, where, and what to do." },
    type: { type: "string" },
  },
  required: ["message"],
}

/** The OpenAPI 3.1 document of the hub's Admin API, made from the table of routes and the types of the answers. */
export function describeApi(
  routes: readonly HubRoute[] = HUB_ROUTES,
  answers: Readonly<Record<string, unknown>> = ANSWER_SCHEMAS
): HubOpenApiDocument {
  const paths = new Map<string, Json>()
  for (const route of routes) {
    const path = route.path.replace(/:([a-z_]+)/g, "{$1}")
    paths.set(path, { ...paths.get(path), [route.method.toLowerCase()]: operationOf(route) })
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Medusa Stock Hub, Admin API",
      version: "0.1.0",
      description:
        "Times are ISO 8601. Lists are paged: pass `next_cursor` of an answer as `cursor` of the next request until it is null.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "The Medusa server" }],
    security: [{ bearer: [] }, { key: [] }, { session: [] }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "Token of a user" },
        key: { type: "http", scheme: "basic", description: "Secret API key as the user name" },
        session: { type: "apiKey", in: "cookie", name: "connect.sid" },
      },
      schemas: { ...answers, HubProblem: PROBLEM },
    },
  }
}
