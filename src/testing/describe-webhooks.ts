import type { InboundContext, InboundRequest } from "../connectors/define-connector"
import type { HubFailure } from "../lib/errors"
import type { Result } from "../lib/result"
import type { ChannelMessage } from "../types/channel"
import type { WebhookHarness, WebhookSample } from "./connector-harness"
import { failureOf } from "./expectations"
import { expectNoSecret } from "./observe"

const NOW = new Date("2026-03-01T12:00:00Z")

export type Parse = (request: InboundRequest, context: InboundContext) => Result<ChannelMessage, HubFailure>

/** Declares the tests of inbound webhooks. */
export function describeWebhooks(parseWebhook: Parse, harness: WebhookHarness): void {
  const { secret, otherSecret, samples, sign, staleAfterMs } = harness
  const [sample] = samples

  function parse(
    rawBody: Buffer,
    headers: Readonly<Record<string, string>>,
    options: { secrets?: readonly string[]; now?: Date } = {}
  ): Result<ChannelMessage, HubFailure> {
    const { secrets = [secret], now = NOW } = options
    const message = parseWebhook({ headers, rawBody }, { secrets, now })
    expectNoSecret(message, [secret, otherSecret])
    return message
  }

  const refusedAsUnsigned = { ok: false, error: failureOf("auth") }

  it.each(samples.map((each): [string, WebhookSample] => [each.name, each]))(
    "reads %s",
    (_name, { rawBody, topic }) => {
      expect(parse(rawBody, sign(rawBody, secret, NOW))).toMatchObject({ ok: true, value: { topic } })
    }
  )

  it("accepts either secret while one is being rotated", () => {
    const headers = sign(sample.rawBody, secret, NOW)
    expect(parse(sample.rawBody, headers, { secrets: [otherSecret, secret] })).toMatchObject({ ok: true })
    expect(parse(sample.rawBody, headers, { secrets: [secret, otherSecret] })).toMatchObject({ ok: true })
  })

  it("refuses a signature made with another secret", () => {
    expect(parse(sample.rawBody, sign(sample.rawBody, otherSecret, NOW))).toEqual(refusedAsUnsigned)
  })

  it("refuses everything while it knows no secret", () => {
    expect(parse(sample.rawBody, sign(sample.rawBody, secret, NOW), { secrets: [] })).toEqual(refusedAsUnsigned)
  })

  it("refuses a message without a signature", () => {
    expect(parse(sample.rawBody, {})).toEqual(refusedAsUnsigned)
  })

  it("refuses a message of which any signature header is missing", () => {
    const headers = sign(sample.rawBody, secret, NOW)
    for (const missing of Object.keys(headers)) {
      const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== missing))
      expect({ missing, message: parse(sample.rawBody, rest) }).toEqual({ missing, message: refusedAsUnsigned })
    }
  })

  it("refuses a body of which one byte was altered, whichever", () => {
    const headers = sign(sample.rawBody, secret, NOW)
    for (const index of [0, Math.floor(sample.rawBody.length / 2), sample.rawBody.length - 1]) {
      const altered = Buffer.from(sample.rawBody)
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index)
      expect(parse(altered, headers)).toEqual(refusedAsUnsigned)
    }
  })

  it("calls a signed body that nobody can read invalid-data", () => {
    for (const text of ["", "not json", "[]", '{"unexpected":true}']) {
      const rawBody = Buffer.from(text)
      const message = parse(rawBody, sign(rawBody, secret, NOW))
      expect(message).toEqual({ ok: false, error: failureOf("invalid-data") })
    }
  })

  if (staleAfterMs !== null) {
    it("refuses a signature that is too old or from the future", () => {
      const headers = sign(sample.rawBody, secret, NOW)
      const later = new Date(NOW.getTime() + staleAfterMs + 1_000)
      const earlier = new Date(NOW.getTime() - staleAfterMs - 1_000)
      expect(parse(sample.rawBody, headers, { now: later })).toEqual(refusedAsUnsigned)
      expect(parse(sample.rawBody, headers, { now: earlier })).toEqual(refusedAsUnsigned)
      expect(parse(sample.rawBody, headers, { now: new Date(NOW.getTime() + staleAfterMs - 1_000) }).ok).toBe(true)
    })
  }
}
