/** One request to an external system. The body is sent as JSON, a form as `application/x-www-form-urlencoded`. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** Path below the base URL, beginning with a slash. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** In the place of `body`, for endpoints that take forms: token endpoints mostly do. */
  readonly form?: Readonly<Record<string, string>>
  /** What the request is for, in kebab-case and without ids, for example `set-stock`. Limits and the log go by it. */
  readonly operation?: string
  /** What the request takes from limits that count cost, 1 unless given. */
  readonly cost?: number
  /** Whom a quota per entity counts it for, for example a listing's id. */
  readonly entity?: string
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON, the text itself where it is not JSON, or `null` for an empty body. Validate before use. */
  readonly body: unknown
  /** How long the channel asks us to wait, in milliseconds, whichever way it said it. Absent if it did not. */
  readonly retryAfterMs?: number
}

/**
 * The only way for a connector to reach the outside: timeouts, size caps, limits and refusals live behind it.
 *
 * Resolves for every HTTP status. Rejects with
 * - an `OutcomeUnknownError` when the request may have been applied although no answer came,
 * - an `AddressRefusedError` when the address is not public and not allowed; nothing was sent,
 * - a `HubError` of kind `rate-limited` when it is not the request's turn yet; nothing was sent,
 * - a `HubError` of kind `transient` when there was no answer, `invalid-data` when there was one that cannot be read.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>
}
