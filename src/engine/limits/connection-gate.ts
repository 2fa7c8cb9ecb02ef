import { createLimiter } from "../../http/limits/create-limiter"
import { leaseOf } from "../../http/limits/lease"
import type { LimitLesson } from "../../http/limits/limiter"
import type { RequestGate } from "../../http/request-gate"
import { readLimitHeaders } from "../../http/retry-after"
import { HubError, toFailure } from "../../lib/errors"
import type { HttpRequest, HttpResponse } from "../../types/http-port"
import type { LimitDeclaration, LimitUsage } from "../../types/limits"
import type { Admitter, Refusal } from "./admitter"
import type { BucketStore } from "./bucket-store"
import { PauseWatch } from "./pause-watch"
import { SharedLimit } from "./shared-limit"

export interface ConnectionGateOptions {
  readonly store: BucketStore
  readonly limits: readonly LimitDeclaration[]
  readonly readUsage?: ((response: HttpResponse) => LimitUsage | null) | undefined
  readonly warn: (message: string) => void
}

interface Gatekeeper {
  readonly limit: LimitDeclaration
  readonly admitter: Admitter
}

/** A quota is asked last: what a bucket gave out in vain it gets back by itself, a quota does not. */
const isQuota = ({ kind }: LimitDeclaration): number => (kind === "daily-quota" ? 1 : 0)

const isPerEntity = (limit: LimitDeclaration): boolean => limit.kind === "daily-quota" && limit.perEntity === true

const isThrottled = ({ status, retryAfterMs }: HttpResponse): boolean =>
  status === 429 || (status === 503 && retryAfterMs !== undefined)

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.ceil(ms)))

/** Keeps all calls of a connection, whatever process makes them, within the channel's limits. */
export class ConnectionGate implements RequestGate {
  private readonly shared: readonly Gatekeeper[]
  private readonly watch: Admitter
  private readonly learning = new Set<Promise<void>>()

  constructor(private readonly options: ConnectionGateOptions) {
    this.watch = new PauseWatch(options.store)
    this.shared = [...options.limits]
      .sort((a, b) => isQuota(a) - isQuota(b))
      .map((limit) => ({ limit, admitter: this.open(limit, limit.name) }))
  }

  async enter(request: HttpRequest, waitMs: number): Promise<void> {
    const deadline = performance.now() + waitMs
    let goAt = 0
    for (const { admitter } of this.gatekeepers(request)) {
      goAt = Math.max(goAt, await this.admit(admitter, request, deadline))
    }
    if (goAt > performance.now()) {
      await sleep(goAt - performance.now())
    }
  }

  learn(request: HttpRequest, response: HttpResponse): void {
    const work = this.takeNote(request, response)
      .catch((error: unknown) => this.options.warn(`hub: a limit was not updated: ${toFailure(error).message}`))
      .finally(() => this.learning.delete(work))
    this.learning.add(work)
  }

  /** Resolves when everything that was learned so far is written. */
  async settle(): Promise<void> {
    await Promise.all(this.learning)
  }

  /** @returns when the call may go, in milliseconds since the process began */
  private async admit(admitter: Admitter, request: HttpRequest, deadline: number): Promise<number> {
    for (;;) {
      const leftMs = Math.max(0, deadline - performance.now())
      const admission = await admitter.admit(request.cost ?? 1, leftMs)
      if (admission.kind === "go") {
        return performance.now() + admission.inMs
      }
      if (admission.inMs > leftMs) {
        const retryAfterMs = Math.ceil(admission.inMs)
        const message = `${request.method} ${request.path} was not sent: the channel's limit allows it in ${retryAfterMs} ms.`
        throw new HubError({ kind: "rate-limited", message, retryAfterMs })
      }
      await sleep(admission.inMs)
    }
  }

  private async takeNote(request: HttpRequest, response: HttpResponse): Promise<void> {
    const lesson: LimitLesson = {
      cost: request.cost ?? 1,
      isThrottled: isThrottled(response),
      usage: this.options.readUsage?.(response) ?? null,
      headers: readLimitHeaders(response.headers, Date.now()),
    }
    if (!lesson.isThrottled && !lesson.usage && !lesson.headers) {
      return
    }
    const gatekeepers = this.gatekeepers(request)
    const narrow = gatekeepers.filter(({ limit }) => limit?.operations && !isPerEntity(limit))
    const pausing = new Set(
      narrow.length > 0 ? narrow : gatekeepers.filter(({ limit }) => !limit || !isPerEntity(limit))
    )
    const refusal: Refusal | null = lesson.isThrottled
      ? { askedMs: response.retryAfterMs, reason: `${request.operation ?? "call"}: ${response.status}` }
      : null
    await Promise.all(gatekeepers.map((keeper) => keeper.admitter.learn(lesson, pausing.has(keeper) ? refusal : null)))
  }

  /** Who has to agree to a call. */
  private gatekeepers(request: HttpRequest): readonly { limit: LimitDeclaration | null; admitter: Admitter }[] {
    const counting = this.shared
      .filter(({ limit }) => !limit.operations || limit.operations.includes(request.operation ?? ""))
      .map((keeper) =>
        // Counts of entities are many and seldom asked twice in a row, so nothing of them is kept here.
        isPerEntity(keeper.limit) && request.entity !== undefined
          ? { limit: keeper.limit, admitter: this.open(keeper.limit, `${keeper.limit.name}/${request.entity}`) }
          : keeper
      )
    return counting.some(({ limit }) => !isPerEntity(limit))
      ? counting
      : [{ limit: null, admitter: this.watch }, ...counting]
  }

  private open(declared: LimitDeclaration, bucket: string): Admitter {
    const { limit, extra } = leaseOf(declared)
    return new SharedLimit(this.options.store, { bucket, limiter: createLimiter(limit), extra })
  }
}
