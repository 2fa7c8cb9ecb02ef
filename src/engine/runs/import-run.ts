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
    const page = await importPage(context.sql, open, progress?.cursor ?? null)
    // A listing that nobody can link is no failure of the import.
    const read = context.counts.succeeded + page.read
    const counts = { ...NO_COUNTS, total: read, succeeded: read }
    if (page.nextCursor !== null) {
      return { progress: { cursor: page.nextCursor }, counts, againInMs: 0 }
    }
    await linkListings(context.sql, open.id)
    return { progress: { cursor: null }, counts, againInMs: null }
  },
}
