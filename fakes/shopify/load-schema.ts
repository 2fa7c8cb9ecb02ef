import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { buildSchema, type GraphQLSchema } from "graphql"

export const API_VERSIONS = ["2026-04", "2026-07", "2026-10"] as const

export type ApiVersion = (typeof API_VERSIONS)[number]

/** Beside the repository, where Shopify's own schemas and the limits that stand only in its prose are kept. */
const SPECS = resolve(__dirname, "../../../shared/contracts/specs")

const officialFile = (version: string): string => join(SPECS, "shopify", `admin-${version}.pruned.graphql`)

/** Whether Shopify's own schemas are at hand. Without them the fake knows only what we ask for. */
export const hasOfficialSchemas = (): boolean => API_VERSIONS.every((version) => existsSync(officialFile(version)))

export const isApiVersion = (version: string): version is ApiVersion => API_VERSIONS.some((known) => known === version)

const schemas = new Map<ApiVersion, GraphQLSchema>()

/** The schema of a version: Shopify's own where it is at hand, ours otherwise. */
export function loadSchema(version: ApiVersion): GraphQLSchema {
  const known = schemas.get(version)
  if (known) {
    return known
  }
  const base = existsSync(officialFile(version)) ? officialFile(version) : join(__dirname, "core.graphql")
  const schema = buildSchema(`${readFileSync(base, "utf8")}\n${readFileSync(join(__dirname, "more.graphql"), "utf8")}`)
  schemas.set(version, schema)
  return schema
}

/** Limits that Shopify writes down in prose only. */
export interface ProseLimits {
  readonly mostQuantities: number
  readonly mostNodes: number
  readonly mostOnPage: number
  readonly mostPoints: number
  readonly quantity: { readonly min: number; readonly max: number; readonly names: readonly string[] }
  readonly idempotent: readonly string[]
}

const OWN_LIMITS: ProseLimits = {
  mostQuantities: 250,
  mostNodes: 250,
  mostOnPage: 250,
  mostPoints: 1_000,
  quantity: { min: 0, max: 1_000_000_000, names: ["available", "on_hand"] },
  idempotent: ["inventorySetQuantities", "inventoryAdjustQuantities", "inventoryActivate", "refundCreate"],
}

interface ConstraintsFile {
  readonly shopify: {
    readonly "inventorySetQuantities.quantities": { readonly max: number }
    readonly "@idempotent": { readonly required_on: readonly string[] }
    readonly "nodes.ids": { readonly max: number }
    readonly "connection.first": { readonly max: number }
    readonly query_cost: { readonly max: number }
    readonly quantity: { readonly min: number; readonly max: number; readonly name_one_of: readonly string[] }
  }
}

/** The limits as they are written down beside the repository, or our copy of them. */
export function loadLimits(): ProseLimits {
  const file = join(SPECS, "constraints.json")
  if (!existsSync(file)) {
    return { ...OWN_LIMITS }
  }
  const { shopify } = JSON.parse(readFileSync(file, "utf8")) as ConstraintsFile
  return {
    mostQuantities: shopify["inventorySetQuantities.quantities"].max,
    mostNodes: shopify["nodes.ids"].max,
    mostOnPage: shopify["connection.first"].max,
    mostPoints: shopify.query_cost.max,
    quantity: { min: shopify.quantity.min, max: shopify.quantity.max, names: shopify.quantity.name_one_of },
    idempotent: shopify["@idempotent"].required_on,
  }
}
