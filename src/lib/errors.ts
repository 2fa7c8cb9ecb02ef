/**
 * What to do next about a failure, which is the only thing that callers may branch on.
 *
 * `rate-limited` and `transient` are worth another try; everything else needs a change first.
 */
export const HUB_ERROR_KINDS = [
  "auth",
  "rate-limited",
  "transient",
  "not-found",
  "conflict",
  "invalid-data",
  "unsupported",
  "bug",
] as const

export type HubErrorKind = (typeof HUB_ERROR_KINDS)[number]

/** Plain-data form of a failure: what a `Result` carries and what an issue row stores. */
export interface HubFailure {
  readonly kind: HubErrorKind
  /** What failed, on which id, and what to do next. Never a secret, never a payload. */
  readonly message: string
  /** How long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number
  /** What the channel itself calls it, for example `out_of_range` or `422`. Connections may map it to another kind. */
  readonly vendorCode?: string
}

/** The `type` that Medusa's HTTP error handler turns into a status code. */
const MEDUSA_TYPE: Record<HubErrorKind, string> = {
  auth: "unauthorized",
  "rate-limited": "conflict",
  transient: "unexpected_state",
  "not-found": "not_found",
  conflict: "conflict",
  "invalid-data": "invalid_data",
  unsupported: "not_allowed",
  bug: "unexpected_state",
}

/**
 * The one error class of the hub.
 *
 * It answers to Medusa's error handler (`type`, `__isMedusaError`) without importing the framework, so that the pure
 * kernel, the command line and the simulator stay free of it.
 */
export class HubError extends Error {
  readonly __isMedusaError = true
  readonly kind: HubErrorKind
  readonly type: string
  readonly date = undefined
  readonly retryAfterMs: number | undefined
  /**
   * Set for a conflict only. Medusa's error handler answers every conflict with a sentence of its own; an error that looks
   * like one of `http-errors` keeps its words.
   */
  readonly status?: number
  readonly statusCode?: number
  readonly expose?: boolean
  readonly vendorCode: string | undefined

  constructor(failure: HubFailure, options?: { cause?: unknown }) {
    super(failure.message, options)
    this.name = "HubError"
    this.kind = failure.kind
    this.type = MEDUSA_TYPE[failure.kind]
    this.retryAfterMs = failure.retryAfterMs
    if (failure.kind === "conflict") {
      this.status = 409
      this.statusCode = 409
      this.expose = true
    }
    this.vendorCode = failure.vendorCode
  }

  toFailure(): HubFailure {
    const { kind, message, retryAfterMs, vendorCode } = this
    return {
      kind,
      message,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(vendorCode === undefined ? {} : { vendorCode }),
    }
  }
}

export const isRetryable = (kind: HubErrorKind): boolean => kind === "rate-limited" || kind === "transient"

const isKind = (value: unknown): value is HubErrorKind => (HUB_ERROR_KINDS as readonly unknown[]).includes(value)

const kindOf = (thrown: object): HubErrorKind => ("kind" in thrown && isKind(thrown.kind) ? thrown.kind : "transient")

/** Turns whatever was thrown into a failure; what we do not know is `transient`, because a retry is safe and silence is not. */
export function toFailure(thrown: unknown): HubFailure {
  if (thrown instanceof HubError) {
    return thrown.toFailure()
  }
  // By shape and not by class: what a workflow throws reaches its caller as a plain object.
  if (typeof thrown === "object" && thrown !== null && "message" in thrown && typeof thrown.message === "string") {
    return { kind: kindOf(thrown), message: thrown.message }
  }
  return { kind: "transient", message: String(thrown) }
}

/** Throws for the branch that the types say cannot happen. */
export function assertNever(value: never): never {
  throw new HubError({ kind: "bug", message: `Unhandled case: ${JSON.stringify(value)}` })
}
