import type { OpenConnection } from "../connections"
import { disable } from "../connection/leave-connection"
import { query } from "../sql"
import type { RunContext, RunKindDefinition, RunStep } from "./run-kind"
import { addOutcomes, isLaneBusy, noteTold, silenceLane, writePast, type WrittenItem } from "./write-past-lane"

type Progress = { readonly phase: "quiet" } | { readonly phase: "writing"; readonly after: string }

const TOTAL_SQL = `
  SELECT count(*)::int AS total
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL`

const PAGE_SQL = `
  SELECT s.id AS listing_state_id, 0 AS quantity, l.external_id AS external_listing_id, s.external_location_id
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL AND s.id > :after ORDER BY s.id LIMIT :limit`

const WAIT_MS = 250

async function begin(context: RunContext, connectionId: string): Promise<RunStep> {
  await silenceLane(context.sql, connectionId)
  const [found] = await query<{ total: number }>(context.sql, TOTAL_SQL, { connectionId })
  return {
    progress: { phase: "quiet" },
    counts: { ...context.counts, total: found?.total ?? 0 },
    againInMs: WAIT_MS,
  }
}

/** Only when everything is at zero, or was refused for good: a run that was cancelled leaves the connection in shadow. */
async function end(context: RunContext, connectionId: string, after: string): Promise<RunStep> {
  await disable(context.sql, connectionId, context.requestedBy)
  const { total, succeeded, failed } = context.counts
  return {
    progress: { phase: "writing", after },
    counts: { total, succeeded, failed, skipped: total - succeeded - failed },
    againInMs: null,
  }
}

async function write(context: RunContext, open: OpenConnection, after: string): Promise<RunStep> {
  const items = await query<WrittenItem>(context.sql, PAGE_SQL, {
    connectionId: open.id,
    after,
    limit: open.traits.maxBatch,
  })
  const last = items.at(-1)
  if (!last) {
    return end(context, open.id, after)
  }
  const outcomes = await writePast(open, `zero-${context.runId}-${items[0]?.listing_state_id ?? ""}`, items)
  await noteTold(context.sql, items, outcomes)
  return {
    progress: { phase: "writing", after: last.listing_state_id },
    counts: addOutcomes(context.counts, outcomes),
    againInMs: 0,
  }
}

/** Sets everything that a channel shows to nothing, and disables the connection when it is done. */
export const zeroQuantitiesRun: RunKindDefinition = {
  kind: "zero-quantities",
  step: async (context) => {
    const open = await context.connection()
    const progress = context.progress as Progress | null
    if (progress === null) {
      return begin(context, open.id)
    }
    if (progress.phase === "writing") {
      return write(context, open, progress.after)
    }
    return (await isLaneBusy(context.sql, open.id))
      ? { progress, counts: context.counts, againInMs: WAIT_MS }
      : { progress: { phase: "writing", after: "" }, counts: context.counts, againInMs: 0 }
  },
}
