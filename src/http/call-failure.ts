/** Why a call has no answer that can be used. Stored in the log of exchanges, so the words are permanent. */
export type CallFailureCode =
  /** The address is not public and not allowed. */
  | "address-refused"
  /** Name lookup, connecting or the TLS handshake failed. */
  | "not-connected"
  /** Other calls of the connection took all places for as long as this one could wait. */
  | "no-place"
  /** A limit of the channel says that it is not this call's turn. */
  | "limited"
  | "timeout"
  /** The answer stopped coming. */
  | "stalled"
  /** The connection broke or the other side does not speak HTTP. */
  | "broken"
  | "too-large"
  /** Compressed in a way that we did not ask for, or badly. */
  | "unreadable"
  /** The address or a header cannot be sent. */
  | "malformed"

/** A call without a usable answer. Holds neither headers nor bodies. */
export class CallFailure extends Error {
  constructor(
    readonly code: CallFailureCode,
    /** The request may have reached the other side. */
    readonly hasLeft: boolean,
    /** A system code, a host or a number: what the words for people are made of. */
    readonly detail: string = ""
  ) {
    super(code)
    this.name = "CallFailure"
  }
}
