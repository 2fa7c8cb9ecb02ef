import type { LaneDecision, LaneOutcome } from "../../src/engine/lane/lane-reducer"
import { assertNever, type HubFailure } from "../../src/lib/errors"

/*
 * The same as `report-outcomes.ts` says, which cannot be imported without a database. A difference shows: a lane that
 * does not rest when it should, or a failure that nobody is told of, breaks invariants.
 */

const failureOf = (outcome: LaneOutcome): HubFailure | null =>
  outcome.kind === "fail"
    ? outcome.failure
    : outcome.kind === "written" && outcome.result.status === "failed"
      ? outcome.result.failure
      : null

export function findHalt(outcomes: readonly LaneOutcome[]): HubFailure | null {
  const failures = outcomes.flatMap((outcome) => failureOf(outcome) ?? [])
  const written = outcomes.filter((outcome) => outcome.kind === "written")
  const isDown =
    written.length > 0 &&
    written.every((outcome) => outcome.result.status === "unknown" || failureOf(outcome)?.kind === "transient")
  const halting = failures.find(({ kind }) => kind === "auth" || kind === "rate-limited")
  return halting ?? (isDown ? (failures[0] ?? { kind: "transient", message: "the channel gives no answer" }) : null)
}

const PASSING: readonly HubFailure["kind"][] = ["transient", "rate-limited", "auth"]

export const hasAnswered = (outcomes: readonly LaneOutcome[]): boolean =>
  outcomes.some(
    (outcome) =>
      outcome.kind === "written" &&
      (outcome.result.status === "accepted" ||
        outcome.result.status === "conflict" ||
        (outcome.result.status === "failed" && !PASSING.includes(outcome.result.failure.kind)))
  )

/** A person has to be told. */
export function isLastingProblem(outcome: LaneOutcome): boolean {
  const failure = failureOf(outcome)
  return failure !== null && !PASSING.includes(failure.kind)
}

export function describeDecision(decision: LaneDecision): string {
  switch (decision.kind) {
    case "write":
      return (
        `write ${decision.quantity}${decision.compareWith === null ? "" : ` if it shows ${decision.compareWith}`}` +
        (decision.heldBack ? ` and hold the way to ${decision.heldBack.target}` : "")
      )
    case "acknowledge":
      return `shows ${decision.quantity} already`
    case "wait":
      return `wait before raising to ${decision.quantity}`
    case "hold":
      return `hold ${decision.quantity} (${decision.reason})`
    case "skip":
      return `skip (${decision.reason})`
    case "fail":
      return `fail (${decision.failure.message})`
    default:
      return assertNever(decision)
  }
}
