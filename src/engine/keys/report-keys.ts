import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { describeKeys } from "../../modules/integration-config/core/key-words"
import { loadKeyUses } from "../../modules/integration-config/keys/load-key-uses"
import { integrationConfig } from "../connections"
import { raiseIssues } from "../issues"
import { query, type Sql } from "../sql"

const DEDUPE_KEY = "keys"

const CONNECTIONS_SQL = "SELECT id, company_id FROM hub_connection WHERE id = ANY(:ids) AND deleted_at IS NULL"

const RESOLVE_SQL = `
  UPDATE hub_issue SET resolved_at = clock_timestamp(), updated_at = now()
  WHERE dedupe_key = :dedupeKey AND resolved_at IS NULL AND deleted_at IS NULL AND NOT connection_id = ANY(:ids)`

/**
 * Tells people of connections whose secrets cannot be opened with the present keys, and takes it back when they can.
 *
 * @returns how many connections wait for a key
 */
export async function reportKeys(container: MedusaContainer): Promise<number> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const problems = describeKeys(await loadKeyUses(sql, integrationConfig(container).keyRing))
  const ids = [...new Set(problems.flatMap(({ connectionIds }) => connectionIds))]
  const connections = await query<{ id: string; company_id: string }>(sql, CONNECTIONS_SQL, { ids })
  await raiseIssues(
    sql,
    connections.map(({ id, company_id: companyId }) => ({
      companyId,
      connectionId: id,
      listingId: null,
      code: "credentials-unreadable",
      severity: "critical",
      message: problems
        .filter(({ connectionIds }) => connectionIds.includes(id))
        .map(({ text, fix }) => `${text} Work waits; nothing is sent or overwritten. ${fix}`)
        .join(" "),
      dedupeKey: DEDUPE_KEY,
    }))
  )
  await query(sql, RESOLVE_SQL, { dedupeKey: DEDUPE_KEY, ids })
  return connections.length
}
