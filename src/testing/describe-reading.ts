import type { ConnectorClient, Page } from "../connectors/define-connector"
import type { ExternalOrder } from "../types/channel"
import type { ConnectorSession } from "./connector-session"
import { required } from "./connector-session"
import { anyNumber } from "./expectations"
import { observe } from "./observe"

type Read = (client: ConnectorClient, session: ConnectorSession) => Promise<unknown>

/** Every method that only reads, as far as the connector has it. */
function readsOf(methods: ConnectorClient): [string, Read][] {
  const reads: [string, Read | false][] = [
    ["check", (client) => client.check()],
    ["listLocations", methods.listLocations !== undefined && (async (client) => client.listLocations?.())],
    ["listListings", methods.listListings !== undefined && (async (client) => client.listListings?.(null))],
    ["pullOrders", methods.pullOrders !== undefined && (async (client) => client.pullOrders?.(null))],
    [
      "pullStock",
      methods.pullStock !== undefined &&
        (async (client, { channel }) => client.pullStock?.(required(channel.stock, "stock").keys)),
    ],
  ]
  return reads.flatMap(([name, read]) => (read ? [[name, read]] : []))
}

function describeFailures(session: () => ConnectorSession, name: string, read: Read): void {
  const failureOf = async (client: ConnectorClient): Promise<unknown> => {
    const observed = await observe(read(client, session()), session().channel.secrets)
    return observed.ok ? "no failure" : observed.failure
  }

  it("succeeds while the channel behaves", async () => {
    expect(await failureOf(session().client)).toBe("no failure")
  })

  it("fails with auth for credentials that the channel refuses", async () => {
    expect(await failureOf(session().strangerClient)).toMatchObject({ kind: "auth" })
  })

  it("fails with rate-limited and says how long to wait", async () => {
    await session().channel.misbehave("rate-limited")
    const failure = await failureOf(session().client)
    expect(failure).toMatchObject({ kind: "rate-limited", retryAfterMs: anyNumber() })
    expect(failure).not.toMatchObject({ retryAfterMs: 0 })
  })

  it.each(["server-error", "lost-answer"] as const)("fails with transient after a %s", async (how) => {
    await session().channel.misbehave(how)
    expect(await failureOf(session().client)).toMatchObject({ kind: "transient" })
  })

  it("fails with transient when no answer comes in time", async () => {
    await session().channel.misbehave("silence")
    expect(await failureOf(session().hastyClient)).toMatchObject({ kind: "transient" })
  })

  // A check may be content with a status; whoever reads data may not.
  if (name !== "check") {
    it("fails with invalid-data for a body that is not what was promised", async () => {
      await session().channel.misbehave("malformed")
      expect(await failureOf(session().client)).toMatchObject({ kind: "invalid-data" })
    })
  }
}

async function readAllPages<T>(
  readPage: (cursor: string | null) => Promise<Page<T>>,
  from: string | null
): Promise<{ items: T[]; pages: number; lastCursor: string | null }> {
  const items: T[] = []
  let cursor = from
  for (let pages = 1; ; pages += 1) {
    const page = await readPage(cursor)
    items.push(...page.items)
    if (page.nextCursor === null) {
      return { items, pages, lastCursor: cursor }
    }
    expect(page.nextCursor).not.toBe(cursor)
    cursor = page.nextCursor
  }
}

function describeListings(session: () => ConnectorSession): void {
  it("reaches every listing exactly once, page by page", async () => {
    const { client, channel } = session()
    const read = await readAllPages(async (cursor) => required(client.listListings?.(cursor), "listListings"), null)
    const expected = required(channel.listingIds, "listingIds")
    expect(read.items.map(({ externalId }) => externalId).sort()).toEqual([...expected].sort())
    expect(read.pages).toBeGreaterThan(1)
  })
}

function describeOrders(session: () => ConnectorSession): void {
  it("reaches every order once, and from the last cursor only what is new", async () => {
    const { client, channel } = session()
    const placeOrder = required(channel.placeOrder, "placeOrder")
    const readPage = async (cursor: string | null): Promise<Page<ExternalOrder>> =>
      required(client.pullOrders?.(cursor), "pullOrders")
    const before = await readAllPages(readPage, null)
    const placed = [await placeOrder(), await placeOrder(), await placeOrder()]
    const after = await readAllPages(readPage, before.lastCursor)
    expect(after.items.map(({ externalId }) => externalId)).toEqual(placed)
    const oneMore = await placeOrder()
    const last = await readAllPages(readPage, after.lastCursor)
    expect(last.items.map(({ externalId }) => externalId)).toEqual([oneMore])
  })

  it("gives whole units and decimal prices", async () => {
    const { client, channel } = session()
    await required(channel.placeOrder, "placeOrder")()
    const { items } = await required(client.pullOrders?.(null), "pullOrders")
    const lines = items.flatMap((order) => order.lines)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter((line) => !Number.isSafeInteger(line.quantity) || line.quantity < 1)).toEqual([])
    expect(lines.filter((line) => !/^\d+(\.\d+)?$/.test(line.unitPrice))).toEqual([])
  })
}

function describeOneOrder(session: () => ConnectorSession): void {
  it("reads the order that is asked for, and null for one that there is not", async () => {
    const { client, channel } = session()
    const id = await required(channel.placeOrder, "placeOrder")()
    expect(await required(client.readOrder?.(id), "readOrder")).toMatchObject({ externalId: id })
    expect(await required(client.readOrder?.(`${id}0`), "readOrder")).toBeNull()
  })
}

/** Declares the tests of everything that the connector can read. */
export function describeReading(session: () => ConnectorSession, methods: ConnectorClient): void {
  describe.each(readsOf(methods))("%s", (name, read) => describeFailures(session, name, read))
  if (methods.listListings) {
    describe("paging of listings", () => describeListings(session))
  }
  if (methods.pullOrders) {
    describe("paging of orders", () => describeOrders(session))
  }
  if (methods.readOrder) {
    describe("one order", () => describeOneOrder(session))
  }
}
