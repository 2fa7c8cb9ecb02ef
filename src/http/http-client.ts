import { HubError, toFailure } from "../lib/errors"
import type { HttpClient, HttpRequest, HttpResponse } from "../types/http-port"
import { createAddressGuard, type AddressGuard } from "./address-guard"
import type { RawAnswer } from "./answer-collector"
import { CallFailure } from "./call-failure"
import { ACCEPT_ENCODING } from "./decode-body"
import { describeExchange, type ExchangeFailure, type HttpExchange } from "./http-exchange"
import type { Redactor } from "./redact"
import { createRedactor } from "./redact"
import type { RequestGate } from "./request-gate"
import { readRetryAfter } from "./retry-after"
import { toHttpError } from "./to-http-error"
import { Transport, type TransportOptions } from "./transport"

export interface HttpClientOptions {
  /** Where all requests go. Its own path, if any, is put in front of theirs. */
  readonly baseUrl: string
  /** Longest time from asking until the last byte of the answer, waiting included, in milliseconds. */
  readonly timeoutMs: number
  /** Sockets that are shared with other clients of the same system. Without it the client has its own. */
  readonly transport?: Transport
  /** Addresses, ranges and host names that may be called although they are not public. For a client with its own sockets. */
  readonly allowPrivateAddresses?: readonly string[]
  /** For a client with its own sockets. */
  readonly bounds?: Omit<TransportOptions, "guard">
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  readonly gate?: RequestGate
  /** Is told of every call, without secrets. Must not throw. */
  readonly onExchange?: (exchange: HttpExchange) => void
  /** Values that must not be seen in what `onExchange` is told. */
  readonly secrets?: readonly string[]
}

/** A guard that lets requests go to public addresses and to what is listed. Throws for a list that cannot be read. */
export function guardOf(allow: readonly string[]): AddressGuard {
  const guard = createAddressGuard(allow)
  if (!guard.ok) {
    const message = `Option engine.allow_private_addresses: "${guard.error}" is neither an address, nor a range such as 10.1.0.0/16, nor a host name.`
    throw new HubError({ kind: "invalid-data", message })
  }
  return guard.value
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

function urlOf(baseUrl: string, request: HttpRequest): URL {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) {
      query.set(name, value)
    }
  }
  const suffix = query.size > 0 ? `?${query.toString()}` : ""
  const text = `${baseUrl.replace(/\/+$/, "")}${request.path}${suffix}`
  const url = URL.canParse(text) ? new URL(text) : null
  const isSound =
    url !== null &&
    // Behind a slash, a path cannot change the host any more.
    request.path.startsWith("/") &&
    // A name and a password in an address end up in logs.
    url.username === "" &&
    url.password === "" &&
    ["http:", "https:"].includes(url.protocol)
  if (!isSound) {
    throw new CallFailure("malformed", false)
  }
  return url
}

interface Prepared {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
}

const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** The bytes of a request and what they are; null when it has none. */
function contentOf({ body, form }: HttpRequest): { readonly type: string; readonly text: string } | null {
  if (form !== undefined) {
    return { type: "application/x-www-form-urlencoded", text: new URLSearchParams({ ...form }).toString() }
  }
  return body === undefined ? null : { type: "application/json", text: JSON.stringify(body) }
}

function prepare(options: HttpClientOptions, request: HttpRequest): Prepared {
  const content = contentOf(request)
  return {
    url: urlOf(options.baseUrl, request),
    headers: {
      accept: "application/json",
      "user-agent": "medusa-stock-hub",
      ...(content ? { "content-type": content.type } : {}),
      ...lowerCased(options.headers),
      ...lowerCased(request.headers),
      "accept-encoding": ACCEPT_ENCODING,
    },
    body: content && Buffer.from(content.text, "utf8"),
  }
}

function toResponse(answer: RawAnswer): HttpResponse {
  const { status, headers } = answer
  const retryAfterMs = readRetryAfter(headers, Date.now())
  const body = parseBody(answer.body.toString("utf8"))
  return retryAfterMs === undefined ? { status, headers, body } : { status, headers, body, retryAfterMs }
}

/** One call while it happens: what it knows is what the log is told. */
class Call {
  private readonly begun = performance.now()
  private waitedMs = 0
  private prepared: Prepared | null = null

  constructor(
    private readonly options: HttpClientOptions,
    private readonly request: HttpRequest
  ) {}

  async run(transport: Transport): Promise<{ response: HttpResponse; bytes: number }> {
    const { options, request } = this
    const prepared = prepare(options, request)
    this.prepared = prepared
    await options.gate?.enter(request, options.timeoutMs / 4)
    this.waitedMs = performance.now() - this.begun
    const answer = await transport.send({
      method: request.method,
      ...prepared,
      timeoutMs: Math.max(options.timeoutMs - this.waitedMs, 1),
    })
    return { response: toResponse(answer), bytes: answer.body.byteLength }
  }

  report(
    redactor: Redactor,
    failure: ExchangeFailure | null,
    answered: { response: HttpResponse; bytes: number } | null
  ): void {
    if (!this.options.onExchange) {
      return
    }
    this.options.onExchange(
      describeExchange(
        {
          request: this.request,
          requestHeaders: this.prepared?.headers ?? {},
          requestBytes: this.prepared?.body?.byteLength ?? 0,
          answer: answered ? { ...answered.response, bytes: answered.bytes } : null,
          failure,
          durationMs: performance.now() - this.begun,
          waitedMs: this.waitedMs,
        },
        redactor
      )
    )
  }
}

/**
 * The only place that opens a socket outward.
 *
 * Resolves for every HTTP status, redirects included (they are not followed). Without an answer it rejects as
 * `HttpClient` says.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const transport =
    options.transport ?? new Transport({ guard: guardOf(options.allowPrivateAddresses ?? []), ...options.bounds })
  const redactor = createRedactor(options.secrets ?? [])
  return {
    async request(request) {
      const call = new Call(options, request)
      try {
        const answered = await call.run(transport)
        call.report(redactor, null, answered)
        options.gate?.learn(request, answered.response)
        return answered.response
      } catch (error) {
        if (error instanceof CallFailure) {
          call.report(redactor, error, null)
          throw toHttpError(error, request, options.timeoutMs)
        }
        if (toFailure(error).kind === "rate-limited") {
          call.report(redactor, { code: "limited", detail: "" }, null)
        }
        throw error
      }
    },
  }
}
