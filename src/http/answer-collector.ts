import type { Dispatcher } from "undici"
import { CallFailure, type CallFailureCode } from "./call-failure"
import { AddressRefused } from "./guarded-connect"

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** As it came, perhaps compressed. */
  readonly body: Buffer
}

export interface CollectorBounds {
  /** From now until the last byte, in milliseconds. */
  readonly timeoutMs: number
  /** Longest pause within a body, in milliseconds. */
  readonly idleMs: number
  readonly maxBytes: number
}

/** Answers that only say "still at it". A server has reasons for one or two. */
const MAX_INFORMATIONAL = 8

/** The system's error code, which may hide in a cause, or in the members of an aggregate (one per address tried). */
function codesOf(error: unknown): string[] {
  if (typeof error !== "object" || error === null) {
    return []
  }
  const own = "code" in error && typeof error.code === "string" ? [error.code] : []
  const members = "errors" in error && Array.isArray(error.errors) ? error.errors.flatMap(codesOf) : []
  const inner = "cause" in error ? codesOf(error.cause) : []
  return [...own, ...members, ...inner]
}

/** Our own mistakes in an address or a header: nothing was sent, and the message may quote what must not be shown. */
const MALFORMED = new Set(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED"])

function toFailure(error: unknown, hasLeft: boolean): CallFailure {
  if (error instanceof AddressRefused) {
    return new CallFailure("address-refused", false, error.host)
  }
  const [code = "the connection broke"] = codesOf(error)
  if (MALFORMED.has(code)) {
    return new CallFailure("malformed", false)
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return new CallFailure("too-large", hasLeft, "its headers")
  }
  return new CallFailure(hasLeft ? "broken" : "not-connected", hasLeft, code)
}

/**
 * Takes in one answer, within bounds on time and size. Whatever goes beyond them, the connection is closed at once and
 * not a byte more is read.
 */
export class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly answer: Promise<RawAnswer>
  private resolve: (answer: RawAnswer) => void = () => undefined
  private reject: (failure: CallFailure) => void = () => undefined
  private controller: Dispatcher.DispatchController | null = null
  private isSettled = false
  /** A connection is open and the request is being written to it. */
  private hasLeft = false
  private status = 0
  private headers: Record<string, string> = {}
  private informational = 0
  private readonly chunks: Buffer[] = []
  private size = 0
  private readonly deadline: NodeJS.Timeout
  private idle: NodeJS.Timeout | null = null

  constructor(private readonly bounds: CollectorBounds) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    this.deadline = setTimeout(() => this.giveUp("timeout"), bounds.timeoutMs)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isSettled) {
      // Given up while the connection was still being opened.
      controller.abort(new CallFailure("timeout", false))
      return
    }
    this.controller = controller
    this.hasLeft = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>
  ): void {
    if (status < 200) {
      this.informational += 1
      if (this.informational > MAX_INFORMATIONAL) {
        this.giveUp("broken", "too many interim answers")
      }
      return
    }
    this.status = status
    for (const [name, value] of Object.entries(headers)) {
      this.headers[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : (value ?? "")
    }
    if (Number(this.headers["content-length"]) > this.bounds.maxBytes) {
      this.giveUp("too-large", "its body")
      return
    }
    this.idle = setTimeout(() => this.giveUp("stalled", `${this.size} bytes`), this.bounds.idleMs)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.idle?.refresh()
    this.size += chunk.byteLength
    if (this.size > this.bounds.maxBytes) {
      this.giveUp("too-large", "its body")
      return
    }
    this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.settle()) {
      this.resolve({ status: this.status, headers: this.headers, body: Buffer.concat(this.chunks) })
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    if (this.settle()) {
      this.reject(toFailure(error, this.hasLeft))
    }
  }

  private giveUp(code: CallFailureCode, detail = ""): void {
    if (this.settle()) {
      const failure = new CallFailure(code, this.hasLeft, detail)
      this.chunks.length = 0
      this.reject(failure)
      this.controller?.abort(failure)
    }
  }

  private settle(): boolean {
    const isFirst = !this.isSettled
    this.isSettled = true
    clearTimeout(this.deadline)
    if (this.idle) {
      clearTimeout(this.idle)
    }
    return isFirst
  }
}
