import type { LaneRow } from "../lane/lane-row"
import { holdBack, type LaneDecision } from "../lane/lane-reducer"
import { lockLane, saveGuard, type Lane } from "../lane/load-lane"
import { raiseIssues } from "../issues"
import { query, type Sql } from "../sql"
import {
  changedWithin,
  DEFAULT_GUARD_POLICY,
  planGuard,
  toGuardChange,
  type GuardChange,
  type GuardPlan,
  type GuardVerdict,
} from "./plan-guard"

type WriteDecision = Extract<LaneDecision, { kind: "write" }>

export interface GuardedWrite {
  readonly row: LaneRow
  readonly decision: WriteDecision
  readonly packSize: number
}

export interface Guarded {
  readonly row: LaneRow
  readonly decision: LaneDecision
  /** Set when the number is what a guard lets through instead of the computed one. */
  readonly held: { readonly base: number; readonly sold: number } | null
}

/** The priority of a row says by how much its stock fell: see `capture-sql.ts`. */
const LOST_MORE_THAN_HALF = 5

const LOOMING_SQL = `
  SELECT count(*)::int AS looming FROM hub_listing_state
  WHERE connection_id = :connectionId AND deleted_at IS NULL AND stale_version > acked_version AND lease_token IS NULL
    AND cause = 'edit' AND priority >= ${LOST_MORE_THAN_HALF}`

const COUNT_SQL = `
  SELECT count(*)::int AS count FROM (
    SELECT FROM hub_listing_state WHERE connection_id = :connectionId AND deleted_at IS NULL LIMIT :enough) AS listing`

const COUNTED_SQL = `
  WITH locked AS (SELECT id FROM hub_listing_state WHERE id = ANY(:ids) ORDER BY id FOR UPDATE)
  UPDATE hub_listing_state s SET guard_counted_at = clock_timestamp() FROM locked WHERE s.id = locked.id`

interface Connection {
  readonly id: string
  readonly companyId: string
  readonly name: string
}

/** Nothing here concerns the guard, so the lane's row need not be locked for it. */
function isNoConcern(lane: Lane, changes: readonly GuardChange[]): boolean {
  const plan = planGuard(lane.guard, changes, {
    now: lane.now,
    listingCount: 0,
    looming: 0,
    policy: DEFAULT_GUARD_POLICY,
  })
  return plan.counted.length === 0 && plan.verdicts.every(({ kind }) => kind === "pass")
}

async function planUnderLock(
  sql: Sql,
  connection: Connection,
  changes: readonly GuardChange[]
): Promise<GuardPlan | null> {
  return sql.transaction(async (transaction) => {
    const lane = await lockLane(transaction, connection.id)
    if (!lane) {
      return null
    }
    const [pending] = await query<{ looming: number }>(transaction, LOOMING_SQL, { connectionId: connection.id })
    const context = { now: lane.now, looming: pending?.looming ?? 0, policy: DEFAULT_GUARD_POLICY }
    const uncounted = planGuard(lane.guard, changes, { ...context, listingCount: Infinity })
    // Where there are more listings than this, what changes is no mass of them: a whole connection need not be counted.
    const most = changedWithin(uncounted.window) + context.looming
    const enough = Math.floor(most / context.policy.share) + 1
    const [listings] = await query<{ count: number }>(transaction, COUNT_SQL, { connectionId: connection.id, enough })
    const plan = planGuard(lane.guard, changes, { ...context, listingCount: listings?.count ?? 0 })
    await saveGuard(transaction, connection.id, plan.window)
    await query(transaction, COUNTED_SQL, { ids: plan.counted })
    return plan
  })
}

const issueOf = (connection: Connection, code: string, message: string): Parameters<typeof raiseIssues>[1][number] => ({
  companyId: connection.companyId,
  connectionId: connection.id,
  listingId: null,
  code,
  severity: "critical",
  message,
  dedupeKey: code,
})

/** A person hears of a mass change once, however many listings it concerns. */
export const MASS_CHANGE = "mass-change-held"
export const LOOP = "loop-held"

async function tell(
  sql: Sql,
  connection: Connection,
  plan: GuardPlan,
  verdicts: readonly GuardVerdict[]
): Promise<void> {
  const loops = verdicts.filter((verdict) => verdict.kind === "hold" && verdict.reason === "loop").length
  const { minListings, windowMs } = DEFAULT_GUARD_POLICY
  await raiseIssues(sql, [
    ...(plan.hasTripped
      ? [
          issueOf(
            connection,
            MASS_CHANGE,
            `At least ${minListings} listings of ${connection.name} would change a lot within ${windowMs / 60_000} minutes, and not by ` +
              `sales. Increases and edited cuts are held; what is sold still goes out. Look at the held listings, then release them, ` +
              `or put the stock right.`
          ),
        ]
      : []),
    ...(loops > 0
      ? [
          issueOf(
            connection,
            LOOP,
            `Something else keeps changing ${loops === 1 ? "a number" : `${loops} numbers`} on ${connection.name} after the hub has set ` +
              `it. The hub has stopped answering. Find the other program, then push the held listings again.`
          ),
        ]
      : []),
  ])
}

/** Lets a batch of writes pass the guards of its connection: mass changes and loops. */
export async function guardWrites(
  sql: Sql,
  connection: Connection,
  lane: Lane,
  writes: readonly GuardedWrite[]
): Promise<readonly Guarded[]> {
  const changes = writes.map(({ row, decision, packSize }) => toGuardChange(row, decision.quantity, packSize))
  const passed = writes.map(({ row, decision }): Guarded => ({ row, decision, held: null }))
  if (writes.length === 0 || isNoConcern(lane, changes)) {
    return passed
  }
  const plan = await planUnderLock(sql, connection, changes)
  if (!plan) {
    return passed
  }
  await tell(sql, connection, plan, plan.verdicts)
  return passed.map((write, index): Guarded => {
    const verdict = plan.verdicts[index]
    const change = changes[index]
    if (verdict?.kind !== "hold" || !change || write.decision.kind !== "write") {
      return write
    }
    const decision = holdBack(write.row, write.decision, verdict)
    return { row: write.row, decision, held: { base: verdict.base, sold: change.sold } }
  })
}
