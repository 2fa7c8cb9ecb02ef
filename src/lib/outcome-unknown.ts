import { HubError } from "./errors"

/**
 * The request left us and no answer came: it may or may not have been applied.
 *
 * A separate class, because treating a timeout as a failure is what leaves wrong quantities on channels for ever.
 */
export class OutcomeUnknownError extends HubError {
  constructor(message: string, options?: { cause?: unknown }) {
    super({ kind: "transient", message }, options)
    this.name = "OutcomeUnknownError"
  }
}
