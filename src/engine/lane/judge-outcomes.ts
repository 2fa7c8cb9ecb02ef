import type { HubFailure } from "../../lib/errors"
import type { LaneOutcome } from "./lane-reducer"

const PASSING: readonly HubFailure["kind"][] = ["transient", "rate-limited", "auth"]

/** It passes by itself, or concerns the connection as a whole and is told there: nothing is wrong with this one item. */
export const isPassing = ({ kind }: HubFailure): boolean => PASSING.includes(kind)

/** Why a row was not put right, or null. */
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
        (outcome.result.status === "failed" && !isPassing(outcome.result.failure)))
  )
