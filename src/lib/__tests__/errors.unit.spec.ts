import { assertNever, HUB_ERROR_KINDS, HubError, isRetryable, toFailure } from "../errors"
import { OutcomeUnknownError } from "../outcome-unknown"
import { err, ok } from "../result"

describe("HubError", () => {
  it.each([
    ["auth", "unauthorized"],
    ["rate-limited", "conflict"],
    ["transient", "unexpected_state"],
    ["not-found", "not_found"],
    ["conflict", "conflict"],
    ["invalid-data", "invalid_data"],
    ["unsupported", "not_allowed"],
    ["bug", "unexpected_state"],
  ] as const)("of kind %s answers to Medusa's error handler as %s", (kind, type) => {
    const error = new HubError({ kind, message: "no" })
    expect(error).toMatchObject({ name: "HubError", kind, type, message: "no", __isMedusaError: true })
    expect(error).toBeInstanceOf(Error)
  })

  it("keeps its cause and how long to wait", () => {
    const cause = new Error("socket")
    const error = new HubError({ kind: "rate-limited", message: "later", retryAfterMs: 0 }, { cause })
    expect(error.cause).toBe(cause)
    expect(error.toFailure()).toEqual({ kind: "rate-limited", message: "later", retryAfterMs: 0 })
    expect(new HubError({ kind: "bug", message: "no" }).toFailure()).toEqual({ kind: "bug", message: "no" })
  })

  it("is worth another try only when the other side was busy or broken", () => {
    expect(HUB_ERROR_KINDS.filter(isRetryable)).toEqual(["rate-limited", "transient"])
  })
})

describe("whatever was thrown", () => {
  it("becomes the failure that it carries, or a transient one", () => {
    expect(toFailure(new HubError({ kind: "auth", message: "no" }))).toEqual({ kind: "auth", message: "no" })
    expect(toFailure(new TypeError("x is not a function"))).toEqual({
      kind: "transient",
      message: "x is not a function",
    })
    expect(toFailure("a text")).toEqual({ kind: "transient", message: "a text" })
    expect(toFailure(undefined)).toEqual({ kind: "transient", message: "undefined" })
  })

  it("stays recognisable when the outcome is unknown", () => {
    const cause = new Error("reset")
    const error = new OutcomeUnknownError("no answer", { cause })
    expect(error).toBeInstanceOf(HubError)
    expect(error).toMatchObject({ name: "OutcomeUnknownError", kind: "transient", cause })
    expect(toFailure(error)).toEqual({ kind: "transient", message: "no answer" })
  })
})

describe("a branch that cannot happen", () => {
  it("is a bug that names the value", () => {
    expect(() => assertNever({ kind: "new" } as never)).toThrow('Unhandled case: {"kind":"new"}')
    expect(() => assertNever("x" as never)).toThrow(HubError)
  })
})

describe("a result", () => {
  it("is either a value or the reason why there is none", () => {
    expect(ok(0)).toEqual({ ok: true, value: 0 })
    expect(err("no")).toEqual({ ok: false, error: "no" })
  })
})
