import { importPage, linkListings } from "../listings/import-listings"
import { NO_COUNTS, type RunKindDefinition } from "./run-kind"

interface Progress {
  readonly cursor: string | null
}

/** Reads every listing of a channel, a page in each step, and links those whose SKU we know. */
export const importListingsRun: RunKindDefinition = {
  kind: "import-listings",
  step: async (context) => {
    const open = await context.connection()
    const progress = context.progress as Progress | null
    const cursor = await importPage(context.sql, open, progress?.cursor ?? null)
    if (cursor !== null) {
      return { progress: { cursor }, counts: NO_COUNTS, againInMs: 0 }
    }
    const { total, linked } = await linkListings(context.sql, open.id)
    return {
      progress: { cursor },
      counts: { total, succeeded: linked, skipped: total - linked, failed: 0 },
      againInMs: null,
    }
  },
}
