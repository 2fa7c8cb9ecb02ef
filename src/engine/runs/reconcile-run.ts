import { HubError } from "../../lib/errors"
import { noteOrdersThrough, pollOrders } from "../reconcile/poll-orders"
import { addCounts, loadObservableRows, observeRows, type JudgementCounts } from "../reconcile/observe-rows"
import { query } from "../sql"
import type { RunContext, RunCounts, RunKindDefinition, RunStep } from "./run-kind"

/** Rows that one step asks about. The connector splits them into calls. */
const PAGE = 500
/** How long the orders that were found may take; then the stock is read all the same, and nothing is raised. */
const MOST_WAITS = 240
const WAIT_MS = 250

type Progress =
  | { readonly phase: "orders"; readonly readAt: number; readonly waits: number }
  | { readonly phase: "stock"; readonly after: string; readonly seen: JudgementCounts }

const NOTHING_SEEN: JudgementCounts = { equal: 0, unanswered: 0, "in-flight": 0, learned: 0, lower: 0, higher: 0 }

const toCounts = (seen: JudgementCounts): RunCounts => ({
  total: Object.values(seen).reduce((sum, count) => sum + count, 0),
  succeeded: seen.equal + seen.learned + seen.lower + seen.higher,
  skipped: seen.unanswered + seen["in-flight"],
  failed: 0,
})

async function readOrders(context: RunContext): Promise<RunStep> {
  const { sql } = context
  const open = await context.connection()
  const [clock] = await query<{ now: number }>(
    sql,
    "SELECT (extract(epoch from clock_timestamp()) * 1000)::float8 AS now"
  )
  await pollOrders(sql, open, { isUrgent: true })
  return toStep({ phase: "orders", readAt: clock?.now ?? 0, waits: 0 })
}

const toStep = (progress: Progress, againInMs = 0): RunStep => ({
  progress,
  counts: toCounts(progress.phase === "stock" ? progress.seen : NOTHING_SEEN),
  againInMs,
})

/** Orders first: what was sold must not look like somebody's change. */
async function awaitOrders(context: RunContext, progress: Extract<Progress, { phase: "orders" }>): Promise<RunStep> {
  const open = await context.connection()
  const isThrough = !open.client.pullOrders || (await noteOrdersThrough(context.sql, open.id, progress.readAt))
  return isThrough || progress.waits >= MOST_WAITS
    ? toStep({ phase: "stock", after: "", seen: NOTHING_SEEN })
    : toStep({ ...progress, waits: progress.waits + 1 }, WAIT_MS)
}

async function readStock(context: RunContext, progress: Extract<Progress, { phase: "stock" }>): Promise<RunStep> {
  const open = await context.connection()
  const limit = Math.min(PAGE, open.traits.readBatch ?? PAGE)
  const rows = await loadObservableRows(context.sql, { connectionId: open.id, after: progress.after, limit })
  const seen = addCounts(progress.seen, await observeRows(context.sql, open, rows))
  const last = rows.at(-1)?.id ?? null
  const step = toStep({ phase: "stock", after: last ?? progress.after, seen })
  return last === null || rows.length < limit ? { ...step, againInMs: null } : step
}

/**
 * Asks a channel what it shows, for every listing, and has the lane put right what differs: down at once, up only when every
 * sale before the reading has been taken over.
 */
export const reconcileRun: RunKindDefinition = {
  kind: "reconcile",
  step: async (context) => {
    const open = await context.connection()
    if (!open.client.pullStock) {
      throw new HubError({
        kind: "unsupported",
        message: `${open.name} cannot tell what it shows, so there is nothing to compare.`,
      })
    }
    const progress = context.progress as Progress | null
    if (progress === null) {
      return readOrders(context)
    }
    return progress.phase === "orders" ? awaitOrders(context, progress) : readStock(context, progress)
  },
}
