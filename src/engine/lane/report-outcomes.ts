import type { HubFailure } from "../../lib/errors"
import type { OpenConnection } from "../connections"
import { raiseIssues, resolveIssues } from "../issues"
import type { Sql } from "../sql"
import type { ClaimedRow } from "./claim-rows"
import { failureOf, isPassing } from "./judge-outcomes"
import type { LaneOutcome } from "./lane-reducer"

/** Skips that leave an old number on a channel, perhaps one that is too high: a person has to know. */
const UNKNOWN_WORDS: Readonly<Record<string, string>> = {
  "no-components":
    "The variant has managed inventory but no inventory item, so nobody knows how many there are. Add one.",
  "variant-deleted":
    "Its variant was deleted in Medusa, but the channel still sells it. Link another variant or ignore it.",
  "no-locations": "No Medusa location feeds this listing, so nobody knows how many there are. Map a location.",
}

function problemOf(outcome: LaneOutcome | undefined): HubFailure | null {
  if (outcome?.kind === "skip") {
    const message = UNKNOWN_WORDS[outcome.reason]
    return message === undefined ? null : { kind: "invalid-data", message }
  }
  if (outcome?.kind === "give-up") {
    return outcome.failure
  }
  const failure = outcome ? failureOf(outcome) : null
  return failure && !isPassing(failure) ? failure : null
}

const issueKey = (row: ClaimedRow): string => `push:${row.id}`

/** Tells a person about every listing that cannot be put right without one, and takes back what has been put right. */
export async function reportOutcomes(
  sql: Sql,
  connection: OpenConnection,
  rows: readonly ClaimedRow[],
  outcomes: ReadonlyMap<string, LaneOutcome>
): Promise<void> {
  const problems = rows.flatMap((row) => {
    const failure = problemOf(outcomes.get(row.id))
    return failure ? [{ row, failure }] : []
  })
  await raiseIssues(
    sql,
    problems.map(({ row, failure }) => ({
      companyId: connection.companyId,
      connectionId: connection.id,
      listingId: row.listingId,
      code: outcomes.get(row.id)?.kind === "give-up" ? "push-gave-up" : `push-${failure.kind}`,
      severity: "warning",
      message: failure.message,
      dedupeKey: issueKey(row),
    }))
  )
  // A row that had trouble still says which when it is claimed again.
  const mended = rows.filter((row) => {
    const outcome = outcomes.get(row.id)
    const isRight =
      outcome?.kind === "acknowledge" || (outcome?.kind === "written" && outcome.result.status === "accepted")
    return isRight && row.stateReason !== null
  })
  await resolveIssues(sql, connection.id, ...mended.map(issueKey))
}
