import { HubError } from "./errors"

/**
 * The request was not sent: it would have gone to an address that is not public and that the operator has not allowed.
 *
 * A separate class, because it is about the whole connection and not about what was to be sent: no item is at fault. Only
 * other settings or another answer of the name service can help, so whoever retries should do so rarely.
 */
export class AddressRefusedError extends HubError {
  constructor(message: string) {
    super({ kind: "unsupported", message })
    this.name = "AddressRefusedError"
  }
}
