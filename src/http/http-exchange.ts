import type { HttpRequest } from "../types/http-port"
import type { CallFailureCode } from "./call-failure"
import type { Redactor } from "./redact"

export interface ExchangeFailure {
  readonly code: CallFailureCode
  /** A system code, a host or a number; empty when there is nothing to add. */
  readonly detail: string
}

/** One outward call and what became of it, fit to be stored: no secret and no buyer is in it. */
export interface HttpExchange {
  readonly operation: string
  readonly method: string
  readonly path: string
  /** Null when there was no answer. */
  readonly status: number | null
  /** Null when there was an answer, whatever it said. */
  readonly failure: ExchangeFailure | null
  /** From asking to the end, waiting included. */
  readonly durationMs: number
  /** The part of it spent waiting for limits. */
  readonly waitedMs: number
  readonly requestBytes: number
  readonly responseBytes: number
  readonly requestExcerpt: string | null
  readonly responseExcerpt: string | null
}

/** Bytes kept of a call. Of one that went well only the beginning, so that busy days do not fill the disk. */
const LIMITS = {
  well: { request: 1_024, response: 1_024 },
  badly: { request: 4_096, response: 8_192 },
} as const

const HEADER_LIMIT = 1_024

export interface ExchangeParts {
  readonly request: HttpRequest
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBytes: number
  readonly answer: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    /** Parsed, or the text where it is not JSON. */
    readonly body: unknown
    readonly bytes: number
  } | null
  readonly failure: ExchangeFailure | null
  readonly durationMs: number
  readonly waitedMs: number
}

function excerpt(
  redactor: Redactor,
  part: { headers: Readonly<Record<string, string>>; body: unknown },
  limit: number
): string {
  const head = redactor.headers(part.headers, Math.min(HEADER_LIMIT, limit >> 1))
  const rest = limit - Buffer.byteLength(head) - 2
  const body =
    part.body === undefined || part.body === null
      ? ""
      : typeof part.body === "string"
        ? redactor.text(part.body, rest)
        : redactor.json(part.body, rest)
  return body === "" ? head : `${head}\n\n${body}`
}

/** Puts a call into words that may be stored. Pure. */
export function describeExchange(parts: ExchangeParts, redactor: Redactor): HttpExchange {
  const { request, answer, failure } = parts
  const isFine = answer !== null && answer.status >= 200 && answer.status < 300
  const limit = isFine ? LIMITS.well : LIMITS.badly
  return {
    operation: request.operation ?? "call",
    method: request.method,
    path: redactor.path(request.path, request.query ?? {}),
    status: answer?.status ?? null,
    failure: failure && { code: failure.code, detail: redactor.text(failure.detail, 200) },
    durationMs: Math.round(parts.durationMs),
    waitedMs: Math.round(parts.waitedMs),
    requestBytes: parts.requestBytes,
    responseBytes: answer?.bytes ?? 0,
    requestExcerpt: excerpt(
      redactor,
      { headers: parts.requestHeaders, body: request.form ?? request.body },
      limit.request
    ),
    responseExcerpt: answer ? excerpt(redactor, answer, limit.response) : null,
  }
}
