import { AddressRefusedError } from "../lib/address-refused"
import { assertNever, HubError, type HubErrorKind } from "../lib/errors"
import { OutcomeUnknownError } from "../lib/outcome-unknown"
import type { HttpRequest } from "../types/http-port"
import type { CallFailure } from "./call-failure"

function reasonOf(failure: CallFailure, timeoutMs: number): string {
  switch (failure.code) {
    case "address-refused":
      return `was not sent: ${failure.detail} is not a public address. If it is meant to be reached, add it to the option engine.allow_private_addresses.`
    case "not-connected":
      return `was not sent: no connection could be opened (${failure.detail}). Check the address, and that the channel runs.`
    case "no-place":
      return `was not sent: earlier calls to this channel are still waiting for their answers.`
    case "limited":
      return `was not sent: the channel's limits do not allow it yet.`
    case "malformed":
      return `was not sent: the address or a header of the connection is malformed.`
    case "timeout":
      return `gave no answer within ${timeoutMs} ms.`
    case "stalled":
      return `stopped in the middle of its answer (after ${failure.detail}).`
    case "broken":
      return `gave no answer (${failure.detail}).`
    case "too-large":
      return `gave an answer that is too large (${failure.detail}).`
    case "unreadable":
      return `gave an answer that cannot be read (${failure.detail}).`
    default:
      return assertNever(failure.code)
  }
}

const KINDS: Partial<Record<CallFailure["code"], HubErrorKind>> = {
  malformed: "invalid-data",
  "too-large": "invalid-data",
  unreadable: "invalid-data",
  limited: "rate-limited",
}

/** Says what happened in words that hold neither a header nor a body, and whether the request may have been applied. */
export function toHttpError(failure: CallFailure, request: HttpRequest, timeoutMs: number): HubError {
  const message = `${request.method} ${request.path} ${reasonOf(failure, timeoutMs)}`
  if (failure.code === "address-refused") {
    return new AddressRefusedError(message)
  }
  if (request.method !== "GET" && failure.hasLeft) {
    return new OutcomeUnknownError(`${message} It may or may not have been applied.`)
  }
  return new HubError({ kind: KINDS[failure.code] ?? "transient", message })
}
