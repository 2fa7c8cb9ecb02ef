import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { connectors as builtIn } from "../../connectors"
import { supportLevelOf } from "../../connectors/contract-level"
import type { ConnectorDefinition, ConnectorTexts } from "../../connectors/define-connector"
import type { Option } from "../../connectors/define-options"
import type { HubConnector, HubConnectorOption, HubConnectorTexts } from "../../types/http/connection"
import { registryOf } from "../registry"
import { query, type Sql } from "../sql"

const COUNT_SQL = `
  SELECT connector_id, count(*)::int AS count FROM hub_connection WHERE deleted_at IS NULL GROUP BY connector_id`

const toOption = ([name, option]: readonly [string, Option]): HubConnectorOption => ({
  name,
  type: option.type,
  label: option.label,
  help: option.help ?? null,
  is_required: "required" in option && option.required,
  is_secret: !option.public,
  default: "default" in option ? option.default : null,
  min: option.type === "number" ? (option.min ?? null) : null,
  max: option.type === "number" ? (option.max ?? null) : null,
})

const toTexts = ({ description, dependencies, guide, options = {} }: ConnectorTexts): HubConnectorTexts => ({
  description: description ?? null,
  dependencies: dependencies ? [...dependencies] : null,
  guide: guide ? [...guide] : null,
  options: Object.fromEntries(
    Object.entries(options).map(([name, { label, help }]) => [name, { label: label ?? null, help: help ?? null }])
  ),
})

const toConnector = (definition: ConnectorDefinition, connectionCount: number): HubConnector => ({
  id: definition.id,
  label: definition.label,
  description: definition.description,
  developer: definition.developer ?? null,
  version: definition.version ?? null,
  support: supportLevelOf(definition),
  passed: [...(definition.contract?.passed ?? [])],
  // What nobody has tried out is not promised.
  capabilities: [...(definition.contract?.passed ?? [])],
  dependencies: [...(definition.dependencies ?? [])],
  guide: [...(definition.guide ?? [])],
  guide_url: definition.guideUrl ?? null,
  is_built_in: builtIn.some(({ id }) => id === definition.id),
  options: Object.entries(definition.options).map(toOption),
  connection_count: connectionCount,
  translations: Object.fromEntries(
    Object.entries(definition.translations ?? {}).map(([language, texts]) => [language, toTexts(texts)])
  ),
})

/** The catalogue: every connector of this shop with the form of its settings. */
export async function listConnectors(container: MedusaContainer): Promise<HubConnector[]> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const counts = await query<{ connector_id: string; count: number }>(sql, COUNT_SQL)
  return registryOf(container).definitions.map((definition) =>
    toConnector(definition, counts.find(({ connector_id: id }) => id === definition.id)?.count ?? 0)
  )
}
