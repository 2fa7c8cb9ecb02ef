import type { HttpRequest, HttpResponse } from "../types/http-port"

/** Stands before every call and says when it may go. Where limits are kept is its own business. */
export interface RequestGate {
  /**
   * Resolves when the request may be sent. Rejects with a `HubError` of kind `rate-limited` when that is not within
   * `waitMs`.
   */
  enter(request: HttpRequest, waitMs: number): Promise<void>
  /** Takes note of what an answer says about limits. Must not throw and is not waited for. */
  learn(request: HttpRequest, response: HttpResponse): void
}
