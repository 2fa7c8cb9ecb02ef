import type { ConnectorClient } from "../connectors/define-connector"
import type { StockKey, StockWrite, StockWriteOutcome } from "../types/channel"
import type { FakeStock } from "./connector-harness"
import { required, type ConnectorSession } from "./connector-session"
import { anyNumber, anyText, failureOf } from "./expectations"
import { observe, type Observed } from "./observe"

const write = (key: StockKey, quantity: number, compareWith: number | null = null): StockWrite => ({
  ...key,
  quantity,
  compareWith,
})

const ACCEPTED = { status: "accepted" }
const UNKNOWN = { status: "unknown", message: anyText() }

interface StockTools {
  readonly session: () => ConnectorSession
  readonly stock: () => FakeStock
  readonly push: (
    writes: readonly StockWrite[],
    options?: { client?: ConnectorClient; key?: string }
  ) => Promise<Observed<Outcomes>>
}

type Outcomes = readonly StockWriteOutcome[]

function toolsFor(session: () => ConnectorSession): StockTools {
  let pushes = 0
  return {
    session,
    stock: () => required(session().channel.stock, "stock"),
    push: (writes, options = {}) => {
      pushes += 1
      const { client = session().client, key = `contract-suite-${pushes}` } = options
      return observe(required(client.pushStock?.(writes, key), "pushStock"), session().channel.secrets)
    },
  }
}

const accepted = (count: number): Observed<unknown> => ({
  ok: true,
  value: Array.from({ length: count }, () => ACCEPTED),
})

function describeOutcomes({ session, stock, push }: StockTools): void {
  it("sets what it is told to", async () => {
    const { keys, shown } = stock()
    expect(await push([write(keys[0], 7), write(keys[1], 0)])).toEqual(accepted(2))
    expect([await shown(keys[0]), await shown(keys[1])]).toEqual([7, 0])
  })

  it("has nothing to say about an empty batch", async () => {
    expect(await push([])).toEqual(accepted(0))
  })

  it("does the same twice under one key as once", async () => {
    const { keys, show, shown } = stock()
    await show(keys[0], 3)
    const compareWith = session().traits.compareAndSet ? 3 : null
    const first = await push([write(keys[0], 8, compareWith)], { key: "contract-suite-twice" })
    const second = await push([write(keys[0], 8, compareWith)], { key: "contract-suite-twice" })
    expect([first, second]).toEqual([accepted(1), accepted(1)])
    expect(await shown(keys[0])).toBe(8)
  })

  it("gives one outcome for each write, in order, and a refused one leaves the others accepted", async () => {
    const { keys, missingKey, shown } = stock()
    const outcomes = await push([write(keys[0], 11), write(missingKey, 12), write(keys[1], 13)])
    expect(outcomes).toEqual({
      ok: true,
      value: [
        ACCEPTED,
        {
          status: "failed",
          failure: failureOf("invalid-data", "not-found"),
        },
        ACCEPTED,
      ],
    })
    expect([await shown(keys[0]), await shown(keys[1])]).toEqual([11, 13])
  })
}

function describeLostAnswers({ session, stock, push }: StockTools): void {
  it("calls the outcome of every write unknown when no answer comes in time", async () => {
    await session().channel.misbehave("silence")
    const writes = [write(stock().keys[0], 21), write(stock().keys[1], 22)]
    expect(await push(writes, { client: session().hastyClient })).toEqual({ ok: true, value: [UNKNOWN, UNKNOWN] })
  })

  it("calls the outcome of every write unknown when the answer is lost", async () => {
    await session().channel.misbehave("lost-answer")
    const writes = [write(stock().keys[0], 23), write(stock().keys[1], 24)]
    expect(await push(writes)).toEqual({ ok: true, value: [UNKNOWN, UNKNOWN] })
    expect(await stock().shown(stock().keys[0])).toBe(23)
  })

  it.each(["server-error", "malformed"] as const)("claims neither success nor refusal after a %s", async (how) => {
    await session().channel.misbehave(how)
    const observed = await push([write(stock().keys[0], 25)])
    const isHonest = observed.ok
      ? observed.value.length === 1 && observed.value.every(({ status }) => status === "unknown")
      : observed.failure.kind === (how === "malformed" ? "invalid-data" : "transient")
    expect({ observed, isHonest }).toEqual({ observed, isHonest: true })
  })
}

function describeRefusals({ session, stock, push }: StockTools): void {
  it("throws rate-limited, says how long to wait and sets nothing", async () => {
    const { keys, show, shown } = stock()
    await show(keys[0], 30)
    await session().channel.misbehave("rate-limited")
    const observed = await push([write(keys[0], 31)])
    expect(observed).toMatchObject({ ok: false, failure: { kind: "rate-limited", retryAfterMs: anyNumber() } })
    expect(await shown(keys[0])).toBe(30)
  })

  it("throws auth for credentials that the channel refuses and sets nothing", async () => {
    const { keys, show, shown } = stock()
    await show(keys[0], 32)
    const observed = await push([write(keys[0], 33)], { client: session().strangerClient })
    expect(observed).toMatchObject({ ok: false, failure: { kind: "auth" } })
    expect(await shown(keys[0])).toBe(32)
  })
}

function describeCompare({ stock, push }: StockTools): void {
  it("does not write over a number it did not expect, and tells what is shown", async () => {
    const { keys, show, shown } = stock()
    await show(keys[0], 5)
    await show(keys[1], 6)
    const outcomes = await push([write(keys[0], 40, 9), write(keys[1], 41, 6)])
    expect(outcomes).toEqual({ ok: true, value: [{ status: "conflict", observed: 5 }, ACCEPTED] })
    expect([await shown(keys[0]), await shown(keys[1])]).toEqual([5, 41])
  })
}

function describePull({ session, stock }: StockTools): void {
  it("reads one number for each key, in order, and calls a missing one unknown instead of zero", async () => {
    const { keys, missingKey, show } = stock()
    await show(keys[0], 50)
    await show(keys[1], 0)
    const asked = [keys[1], missingKey, keys[0]]
    const pulled = required(session().client.pullStock?.(asked), "pullStock")
    const observed = await observe(pulled, session().channel.secrets)
    expect(observed).toEqual({
      ok: true,
      value: asked.map((key, index) => ({ ...key, quantity: [0, null, 50][index] })),
    })
  })
}

/** Declares the tests of writing and reading quantities, as far as the connector can. */
export function describeStock(session: () => ConnectorSession, methods: ConnectorClient, compares: boolean): void {
  const tools = toolsFor(session)
  if (methods.pushStock) {
    describe("pushStock", () => {
      describeOutcomes(tools)
      describeLostAnswers(tools)
      describeRefusals(tools)
      if (compares) {
        describeCompare(tools)
      }
    })
  }
  if (methods.pullStock) {
    describe("quantities read by pullStock", () => describePull(tools))
  }
}
