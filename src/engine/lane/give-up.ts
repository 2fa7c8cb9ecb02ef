import type { HubFailure } from "../../lib/errors"
import type { LaneOutcome } from "./lane-reducer"

interface Tried {
  readonly id: string
  /** Failed attempts in a row before this one. */
  readonly attempts: number
}

const failureOfTry = (outcome: LaneOutcome | undefined): HubFailure | null =>
  outcome?.kind === "written" && outcome.result.status === "failed" && outcome.result.failure.kind === "transient"
    ? outcome.result.failure
    : null

/**
 * Turns failures that may pass into the last ones, for rows that have failed as often as their connection allows. A write
 * without an answer is never given up: nobody knows what it did. Pure but for the map that it is handed.
 *
 * @param outcomes by row id; changed in place
 */
export function giveUp(rows: readonly Tried[], outcomes: Map<string, LaneOutcome>, mostAttempts: number): void {
  for (const { id, attempts } of rows) {
    const outcome = outcomes.get(id)
    const failure = failureOfTry(outcome)
    if (failure && outcome?.kind === "written" && attempts + 1 >= mostAttempts) {
      const message = `Given up after ${attempts + 1} attempts: ${failure.message}`
      outcomes.set(id, { kind: "give-up", quantity: outcome.quantity, failure: { ...failure, message } })
    }
  }
}
