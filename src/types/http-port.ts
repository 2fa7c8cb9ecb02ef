/** One request to an external system. The body is sent as JSON. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** Path below the base URL, beginning with a slash. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON, the text itself where it is not JSON, or `null` for an empty body. Validate before use. */
  readonly body: unknown
}

/**
 * The only way for a connector to reach the outside: timeouts, size caps and refusals live behind it.
 *
 * Resolves for every HTTP status. Rejects with a `HubError` of kind `transient` when there was no answer, and with an
 * `OutcomeUnknownError` when the request may have been applied although no answer came.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>
}
