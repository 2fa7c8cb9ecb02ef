import { HubError } from "../lib/errors"
import { OutcomeUnknownError } from "../lib/outcome-unknown"
import type { HttpClient, HttpRequest } from "../types/http-port"

export interface HttpClientOptions {
  /** Where all requests go. Its own path, if any, is put in front of theirs. */
  readonly baseUrl: string
  /** Longest time from sending until the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number
  /** A longer answer is not read to its end. 10 MiB unless given. */
  readonly maxResponseBytes?: number
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
}

const DEFAULT_MAX_RESPONSE_BYTES = 10 * 1024 * 1024

/** Failures of name lookup and of connecting: nothing of the request has left us. */
const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
])

class AnswerTooLarge extends Error {}

/** The system's error code, which `fetch` hides in a cause, or in the members of an aggregate (one per address tried). */
function codesOf(error: unknown): string[] {
  if (typeof error !== "object" || error === null) {
    return []
  }
  const own = "code" in error && typeof error.code === "string" ? [error.code] : []
  const members = "errors" in error && Array.isArray(error.errors) ? error.errors.flatMap(codesOf) : []
  const inner = "cause" in error ? codesOf(error.cause) : []
  return [...own, ...members, ...inner]
}

const isTimeout = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "name" in error && error.name === "TimeoutError"

/** Says what happened in words that hold neither a header nor a body, and whether the request may have been applied. */
function toHttpError(error: unknown, request: HttpRequest, options: HttpClientOptions): HubError {
  const target = `${request.method} ${request.path}`
  const codes = codesOf(error)
  const mayBeApplied = request.method !== "GET" && !codes.some((code) => NEVER_CONNECTED.has(code))
  const reason =
    error instanceof AnswerTooLarge
      ? `${target} gave an answer that is too large.`
      : isTimeout(error)
        ? `${target} gave no answer within ${options.timeoutMs} ms.`
        : `${target} gave no answer (${codes[0] ?? "the connection broke"}).`
  if (mayBeApplied) {
    return new OutcomeUnknownError(`${reason} It may or may not have been applied.`)
  }
  return new HubError({ kind: error instanceof AnswerTooLarge ? "invalid-data" : "transient", message: reason })
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let next = await reader?.read(); reader && next && !next.done; next = await reader.read()) {
    size += next.value.byteLength
    if (size > maxBytes) {
      await reader.cancel()
      throw new AnswerTooLarge()
    }
    chunks.push(next.value)
  }
  return Buffer.concat(chunks).toString("utf8")
}

function parseBody(text: string): unknown {
  if (text === "") {
    return null
  }
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function urlOf(baseUrl: string, request: HttpRequest): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) {
      query.set(name, value)
    }
  }
  const suffix = query.size > 0 ? `?${query.toString()}` : ""
  return `${baseUrl.replace(/\/+$/, "")}${request.path}${suffix}`
}

function toFetchRequest(options: HttpClientOptions, request: HttpRequest): Request {
  const hasBody = request.body !== undefined
  try {
    return new Request(urlOf(options.baseUrl, request), {
      method: request.method,
      headers: {
        accept: "application/json",
        ...(hasBody ? { "content-type": "application/json" } : {}),
        ...options.headers,
        ...request.headers,
      },
      body: hasBody ? JSON.stringify(request.body) : null,
      // A redirect would carry our credentials to an address nobody has checked.
      redirect: "manual",
      signal: AbortSignal.timeout(options.timeoutMs),
    })
  } catch {
    // Without the cause: its message quotes the header that it refuses, and that may be a token.
    const message = `${request.method} ${request.path} was not sent: the address or a header of the connection is malformed.`
    throw new HubError({ kind: "invalid-data", message })
  }
}

/**
 * The only place that opens a socket outward. Connections are kept alive and shared.
 *
 * Resolves for every HTTP status, redirects included (they are not followed). Without an answer it rejects: with
 * `OutcomeUnknownError` if the request may have been applied (anything but a GET, once it may have left us), with a
 * `transient` HubError otherwise.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return {
    async request(request) {
      const fetchRequest = toFetchRequest(options, request)
      try {
        const response = await fetch(fetchRequest)
        const text = await readText(response, options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES)
        return { status: response.status, headers: Object.fromEntries(response.headers), body: parseBody(text) }
      } catch (error) {
        throw toHttpError(error, request, options)
      }
    },
  }
}
