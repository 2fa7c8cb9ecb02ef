import { markConnection } from "../mark"
import { query } from "../sql"
import { NO_COUNTS, type RunKindDefinition } from "./run-kind"

interface Progress {
  readonly after: string
}

const NEXT_SQL = `
  SELECT id FROM hub_connection
  WHERE deleted_at IS NULL AND id > :after AND (CAST(:connectionId AS text) IS NULL OR id = :connectionId)
  ORDER BY id LIMIT 1`

/** Computes everything anew, one connection in each step. What turns out right costs no call. */
export const sweepRun: RunKindDefinition = {
  kind: "sweep",
  step: async ({ sql, connectionId, counts, progress }) => {
    const { after } = (progress as Progress | null) ?? { after: "" }
    const [next] = await query<{ id: string }>(sql, NEXT_SQL, { after, connectionId })
    if (!next) {
      return { progress: { after }, counts: progress === null ? NO_COUNTS : counts, againInMs: null }
    }
    const marked = await markConnection(sql, next.id)
    return {
      progress: { after: next.id },
      counts: { ...counts, total: counts.total + marked, succeeded: counts.succeeded + marked },
      againInMs: 0,
    }
  },
}
