import { failureOf, isPassing } from "../../src/engine/lane/judge-outcomes"
import type { LaneDecision, LaneOutcome } from "../../src/engine/lane/lane-reducer"
import { assertNever } from "../../src/lib/errors"

/** A person has to be told. */
export function isLastingProblem(outcome: LaneOutcome): boolean {
  const failure = failureOf(outcome)
  return failure !== null && !isPassing(failure)
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
