import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { toFailure } from "../../lib/errors"
import { RUNNING_CONNECTION_STATES } from "../../types/states"
import { openConnection } from "../connections"
import { raiseIssues } from "../issues"
import { parkForCredentials } from "../lane/park"
import { query, type Sql } from "../sql"
import { claimTick } from "../ticks"

const WINDOW_SECONDS = 60
/** Where a refresh token itself ends and using it does not lengthen its life, a person is told so many days before. */
const TELL_DAYS = 14

interface Due {
  readonly id: string
  readonly company_id: string
  readonly name: string
  readonly changed_at: number
}

const DUE_SQL = `
  SELECT c.id, c.company_id, c.name, (extract(epoch from c.updated_at) * 1000)::float8 AS changed_at
  FROM hub_oauth_grant g JOIN hub_connection c ON c.id = g.connection_id AND c.deleted_at IS NULL
  WHERE g.deleted_at IS NULL AND g.refresh_after <= clock_timestamp() AND c.state = ANY(:states) ORDER BY g.refresh_after`

const ENDING_SQL = `
  SELECT c.id, c.company_id, c.name, to_char(g.refresh_expires_at AT TIME ZONE 'utc', 'YYYY-MM-DD') AS ends_on
  FROM hub_oauth_grant g JOIN hub_connection c ON c.id = g.connection_id AND c.deleted_at IS NULL
  WHERE g.deleted_at IS NULL AND g.refresh_expires_at <= clock_timestamp() + make_interval(days => :days)
    AND c.state = ANY(:states)`

async function renewOne(container: MedusaContainer, sql: Sql, due: Due): Promise<void> {
  try {
    // Whoever opens it and asks for a token renews what is due: here nobody waits for it.
    const connection = await openConnection(container, due.id)
    await connection.tokens?.current()
  } catch (error) {
    const failure = toFailure(error)
    if (failure.kind === "auth") {
      await parkForCredentials(
        sql,
        { id: due.id, companyId: due.company_id, name: due.name },
        { changedAt: due.changed_at, failure }
      )
      return
    }
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    logger.warn(`hub: the tokens of ${due.id} could not be renewed, again within a minute: ${failure.message}`)
  }
}

/**
 * Renews tokens that are due, also of connections that nobody calls just now, and tells a person in good time when an authorisation
 * itself comes to its end.
 */
export async function renewDueTokens(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  if (!(await claimTick(sql, "renew-hub-tokens", WINDOW_SECONDS))) {
    return
  }
  const states = [...RUNNING_CONNECTION_STATES]
  const due = await query<Due>(sql, DUE_SQL, { states })
  await Promise.all(due.map((each) => renewOne(container, sql, each)))
  const ending = await query<{ id: string; company_id: string; name: string; ends_on: string }>(sql, ENDING_SQL, {
    states,
    days: TELL_DAYS,
  })
  await raiseIssues(
    sql,
    ending.map(({ id, company_id: companyId, name, ends_on: endsOn }) => ({
      companyId,
      connectionId: id,
      listingId: null,
      code: "authorisation-ends",
      severity: "warning",
      message: `The authorisation of ${name} ends on ${endsOn}. Authorise it anew before, and nothing stops.`,
      dedupeKey: "authorisation-ends",
    }))
  )
}
