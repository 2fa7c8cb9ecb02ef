import { HubError, toFailure } from "../../lib/errors"

/**
 * Waits for a workflow. What it throws reaches its caller as a plain object, which Medusa's error handler robs of its words
 * where it is a conflict; here it becomes a `HubError` again. What others threw passes as it is.
 */
export async function runWorkflow<Output>(running: Promise<{ result: Output }>): Promise<Output> {
  try {
    return (await running).result
  } catch (error) {
    throw isHubFailure(error) ? new HubError(toFailure(error), { cause: error }) : error
  }
}

const isHubFailure = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "kind" in error && !(error instanceof HubError)
