import { query } from "../../sql"
import { countedIds, countOf, defineCheck, durationOf, type CountedId, type Finding } from "../check"

export interface InboxFacts {
  readonly failed: readonly CountedId[]
  readonly failing: readonly (CountedId & { readonly seconds: number })[]
}

const MANY_ATTEMPTS = 5

const FAILED_SQL = `
  SELECT id, count(*) OVER ()::int AS total FROM hub_inbox_event
  WHERE state = 'failed' AND deleted_at IS NULL ORDER BY received_at DESC LIMIT 10`

const FAILING_SQL = `
  SELECT id, count(*) OVER ()::int AS total, extract(epoch FROM clock_timestamp() - received_at)::float8 AS seconds
  FROM hub_inbox_event
  WHERE state = 'accepted' AND attempts >= :attempts AND deleted_at IS NULL ORDER BY received_at LIMIT 10`

export function judgeInbox({ failed, failing }: InboxFacts): Finding[] {
  const findings: Finding[] = []
  if (failed.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(failed[0]?.total ?? 0, "message")} of channels could not be worked on and put aside.`,
      means: "An order in one of them is not in Medusa, and its stock is not reserved.",
      fix: "Look at the issues (hub status): each says why. Enter the order by hand or put right what is missing.",
      ...countedIds(failed),
    })
  }
  if (failing.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(failing[0]?.total ?? 0, "message")} failed ${MANY_ATTEMPTS} times or more and ${failing.length === 1 ? "is" : "are"} tried again, the oldest for ${durationOf(failing[0]?.seconds ?? 0)}.`,
      means: "Orders in them are late, and their stock is not reserved yet.",
      fix: "Look at the worker's log for the message's id.",
      ...countedIds(failing),
    })
  }
  return findings
}

export const inbox = defineCheck<InboxFacts>({
  id: "inbox",
  title: "Messages of channels are worked on",
  tables: ["hub_inbox_event"],
  cost: "quick",
  load: async ({ sql }) => ({
    failed: await query(sql, FAILED_SQL),
    failing: await query(sql, FAILING_SQL, { attempts: MANY_ATTEMPTS }),
  }),
  judge: judgeInbox,
})
