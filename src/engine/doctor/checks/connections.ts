import { RUNNING_CONNECTION_STATES, type BreakerState, type ConnectionState } from "../../../types/states"
import { query } from "../../sql"
import { countOf, defineCheck, type Finding } from "../check"

export interface ParkedConnection {
  readonly id: string
  readonly name: string
  readonly state: ConnectionState
  readonly reason: string | null
  readonly breakerState: BreakerState | null
  readonly isGuarded: boolean
  readonly isShadow: boolean
  readonly waiting: number
}

const CONNECTIONS_SQL = `
  SELECT c.id, c.name, c.state, c.state_reason AS reason, lane.breaker_state AS "breakerState",
    COALESCE(lane.guard_state = 'holding', false) AS "isGuarded", c.write_mode = 'shadow' AS "isShadow",
    (SELECT count(*)::int FROM hub_listing_state s
     WHERE s.connection_id = c.id AND s.deleted_at IS NULL AND s.stale_version > s.acked_version) AS waiting
  FROM hub_connection c LEFT JOIN hub_lane lane ON lane.connection_id = c.id AND lane.deleted_at IS NULL
  WHERE c.deleted_at IS NULL AND c.state NOT IN ('draft', 'disabled', 'deprecated')
  ORDER BY c.name`

/** Somebody stopped these on purpose. */
const ON_PURPOSE: readonly ConnectionState[] = ["paused", "maintenance", "testing"]

const FIXES: Readonly<Partial<Record<ConnectionState, string>>> = {
  "needs-reauthorisation":
    "Enter the credentials anew: POST /admin/hub/connections/ID/credentials. Work goes on by itself.",
}

function judgeOne(connection: ParkedConnection): Finding[] {
  const { id, name, state, reason, waiting } = connection
  const base = { severity: "degraded" as const, ids: [id], count: waiting }
  const means = `${countOf(waiting, "number")} wait${waiting === 1 ? "s" : ""} and nothing is lost, but the channel shows old quantities.`
  const isRunning = RUNNING_CONNECTION_STATES.some((running) => running === state)
  if (!isRunning && !ON_PURPOSE.includes(state)) {
    const fix = FIXES[state] ?? "Connect it anew."
    return [{ ...base, what: `${name} is parked: ${state}${reason ? ` (${reason})` : ""}.`, means, fix }]
  }
  if (isRunning && connection.breakerState && connection.breakerState !== "closed") {
    const fix =
      "Nothing, if the channel has an outage: the hub tries again by itself. Otherwise look at its issues (hub status)."
    return [{ ...base, what: `${name} failed so often that its breaker is ${connection.breakerState}.`, means, fix }]
  }
  if (isRunning && connection.isGuarded) {
    const fix = "Look at what changed, and release the guard if it is right."
    return [{ ...base, what: `${name}: a mass change was stopped by the guard.`, means, fix }]
  }
  return []
}

export const judgeConnections = (connections: readonly ParkedConnection[]): Finding[] => connections.flatMap(judgeOne)

export const connections = defineCheck<readonly ParkedConnection[]>({
  id: "connections",
  title: "No connection is parked",
  tables: ["hub_connection", "hub_lane", "hub_listing_state"],
  cost: "quick",
  load: ({ sql }) => query(sql, CONNECTIONS_SQL),
  judge: judgeConnections,
  note: (all) => {
    const stopped = all.filter(({ state }) => ON_PURPOSE.includes(state))
    const shadows = all.filter(({ isShadow }) => isShadow)
    return `${countOf(all.length, "connection")}, ${stopped.length} stopped on purpose, ${shadows.length} in shadow mode`
  },
})
