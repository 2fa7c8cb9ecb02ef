export interface RunOutcome {
  readonly total: number
  readonly succeeded: number
  readonly skipped: number
  readonly failed: number
  /** Set when the run as a whole broke off. */
  readonly error?: string
}

/** Which state a run ends in. A run whose outcomes do not add up to its total has lost items: that is a failure. Pure. */
export function runState(outcome: RunOutcome): "succeeded" | "succeeded-with-problems" | "failed" {
  const isComplete = outcome.succeeded + outcome.skipped + outcome.failed === outcome.total
  if (outcome.error !== undefined || !isComplete) {
    return "failed"
  }
  return outcome.failed > 0 || outcome.skipped > 0 ? "succeeded-with-problems" : "succeeded"
}
