import { CONTRACT_SUITE, contractPartsOf } from "../connectors/contract-level"
import type { ConnectorDefinition, ContractPart } from "../connectors/define-connector"
import { findLimitMistake } from "../http/limits/create-limiter"
import { findConnectorMistake } from "../lib/connector-mistake"
import type { ConnectorHarness } from "./connector-harness"
import { methodsOf, openSession, readOptions, required, type ConnectorSession } from "./connector-session"
import { describeReading } from "./describe-reading"
import { describeStock } from "./describe-stock"
import { describeWebhooks, type Parse } from "./describe-webhooks"
import { observe } from "./observe"

const CALLBACK_URL = "https://hub.example/hooks/hub/1"
const SECRET_NAME = /token|secret|password|key|credential/i

function describeDefinition(definition: ConnectorDefinition, harness: ConnectorHarness): void {
  it("has a permanent id and says what it is", () => {
    expect(definition.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    expect(definition.label).not.toBe("")
    expect(definition.description).not.toBe("")
  })

  it("declares no option public whose name sounds like a secret", () => {
    const options = Object.entries(definition.options)
    expect(options.filter(([name, option]) => SECRET_NAME.test(name) && option.public)).toEqual([])
  })

  it("has sound traits", () => {
    const traits = definition.traits(readOptions(definition, harness.exampleSettings))
    expect(Number.isSafeInteger(traits.maxBatch) && traits.maxBatch >= 1).toBe(true)
    expect(traits.lateApplyWindowMs).toBeGreaterThanOrEqual(0)
  })

  it("declares limits that let something through, and not everything", () => {
    const limits = definition.limits?.(readOptions(definition, harness.exampleSettings)) ?? []
    expect(findLimitMistake(limits)).toBeNull()
  })
}

function describeContract(definition: ConnectorDefinition, tried: readonly ContractPart[]): void {
  it("says of itself exactly what this suite has tried out, if it says anything", () => {
    const { contract } = definition
    expect(contract ?? { suite: CONTRACT_SUITE, passed: tried }).toEqual({ suite: CONTRACT_SUITE, passed: tried })
  })

  it("looks like a connector from outside, so that a shop can load it", () => {
    expect(findConnectorMistake(definition)).toBeNull()
  })
}

function describeSubscriptions(session: () => ConnectorSession, secret: string, topics: readonly string[]): void {
  it("lists everything that has to be subscribed, once, and where it leads to", async () => {
    const { client } = session()
    await client.subscribe?.(CALLBACK_URL, secret)
    await client.subscribe?.(CALLBACK_URL, secret)
    const listed = await required(client.listSubscriptions?.(), "listSubscriptions")
    const ours = listed.filter(({ url }) => url === null || url === CALLBACK_URL).map(({ topic }) => topic)
    expect(ours).toEqual([...new Set(ours)])
    expect(topics.filter((topic) => !ours.includes(topic))).toEqual([])
  })
}

function describeSubscribing(session: () => ConnectorSession, secret: string): void {
  it("may subscribe twice", async () => {
    const { client, channel } = session()
    for (const attempt of [1, 2]) {
      const subscribed = required(client.subscribe?.(CALLBACK_URL, secret), "subscribe")
      const observed = await observe(subscribed, [...channel.secrets, secret])
      expect({ attempt, observed }).toEqual({ attempt, observed: { ok: true, value: undefined } })
    }
  })

  it("keeps the secret out of a refusal", async () => {
    const { strangerClient, channel } = session()
    const subscribed = required(strangerClient.subscribe?.(CALLBACK_URL, secret), "subscribe")
    const observed = await observe(subscribed, [...channel.secrets, secret])
    expect(observed).toMatchObject({ ok: false, failure: { kind: "auth" } })
  })
}

/**
 * Declares, with Jest's globals, the tests that every connector has to pass.
 *
 * What a connector can do is which methods it has, and what it cannot do is not declared as a test. A method without the
 * part of the harness that its tests need is an error, not a silent gap.
 *
 * @example
 * testConnector(myConnector, { exampleSettings: { token: "x" }, start: startMyFake, webhook: mySamples })
 */
export function testConnector(definition: ConnectorDefinition, harness: ConnectorHarness): void {
  describe(`connector ${definition.id}`, () => {
    let opened: ConnectorSession | null = null
    const session = (): ConnectorSession => required(opened ?? undefined, "start")
    const methods = methodsOf(definition, harness)
    const { compareAndSet } = definition.traits(readOptions(definition, harness.exampleSettings))

    beforeAll(async () => {
      opened = await openSession(definition, harness)
    })
    afterEach(async () => {
      await opened?.channel.misbehave("none")
    })
    afterAll(async () => {
      await opened?.channel.stop()
    })

    describe("definition", () => describeDefinition(definition, harness))
    describe("contract", () => describeContract(definition, contractPartsOf(definition, methods, compareAndSet)))
    describeReading(session, methods)
    describeStock(session, methods, compareAndSet)
    if (methods.subscribe) {
      const { secret } = required(harness.webhook, "webhook")
      describe("subscribe", () => describeSubscribing(session, secret))
      if (methods.listSubscriptions) {
        const topics = definition.webhookTopics?.(readOptions(definition, harness.exampleSettings)) ?? []
        describe("subscriptions", () => describeSubscriptions(session, secret, topics))
      }
    }
    if (definition.parseWebhook) {
      const parse: Parse = (request, context) => required(definition.parseWebhook?.(request, context), "parseWebhook")
      describe("webhooks", () => describeWebhooks(parse, required(harness.webhook, "webhook")))
    }
  })
}
