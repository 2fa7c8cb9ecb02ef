import type { HubFailure } from "../../lib/errors"
import type { OpenConnection } from "../connections"
import { raiseIssues, resolveIssues } from "../issues"
import type { Sql } from "../sql"
import type { ClaimedRow } from "./claim-rows"
import type { LaneOutcome } from "./lane-reducer"

export const failureOf = (outcome: LaneOutcome): HubFailure | null =>
  outcome.kind === "fail"
    ? outcome.failure
    : outcome.kind === "written" && outcome.result.status === "failed"
      ? outcome.result.failure
      : null

/** Why the lane has to rest: refused credentials, a limit, or a channel that answers nothing at all. */
export function findHalt(outcomes: readonly LaneOutcome[]): HubFailure | null {
  const failures = outcomes.flatMap((outcome) => failureOf(outcome) ?? [])
  const written = outcomes.filter((outcome) => outcome.kind === "written")
  const isDown =
    written.length > 0 &&
    written.every((outcome) => outcome.result.status === "unknown" || failureOf(outcome)?.kind === "transient")
  const halting = failures.find(({ kind }) => kind === "auth" || kind === "rate-limited")
  return halting ?? (isDown ? (failures[0] ?? { kind: "transient", message: "The channel gives no answer." }) : null)
}

/** Whether the channel has answered for anything: then it is there. */
export const hasAnswered = (outcomes: readonly LaneOutcome[]): boolean =>
  outcomes.some(
    (outcome) =>
      outcome.kind === "written" &&
      (outcome.result.status === "accepted" ||
        outcome.result.status === "conflict" ||
        (outcome.result.status === "failed" && !PASSING.includes(outcome.result.failure.kind)))
  )

/** Kinds that pass by themselves, or that concern the connection as a whole and are told there. */
const PASSING: readonly HubFailure["kind"][] = ["transient", "rate-limited", "auth"]

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
  const failure = outcome ? failureOf(outcome) : null
  return failure && !PASSING.includes(failure.kind) ? failure : null
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
      code: `push-${failure.kind}`,
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
