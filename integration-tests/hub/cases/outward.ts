import { randomUUID } from "node:crypto"
import { BucketStore } from "../../../src/engine/limits/bucket-store"
import { ConnectionGate } from "../../../src/engine/limits/connection-gate"
import { outboundOf } from "../../../src/engine/outbound/outbound"
import { ExchangeWriter } from "../../../src/engine/outbound/exchange-writer"
import { pruneHistory } from "../../../src/engine/prune"
import type { HttpExchange } from "../../../src/http/http-exchange"
import { HubError } from "../../../src/lib/errors"
import type { HttpRequest, HttpResponse } from "../../../src/types/http-port"
import type { LimitDeclaration } from "../../../src/types/limits"
import { TOKEN, type HubWorld } from "../../helpers/hub-world"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const REQUEST: HttpRequest = { method: "GET", path: "/x", operation: "read" }
const answer = (status: number, retryAfterMs?: number): HttpResponse =>
  retryAfterMs === undefined ? { status, headers: {}, body: null } : { status, headers: {}, body: null, retryAfterMs }

const EXCHANGE: HttpExchange = {
  operation: "read",
  method: "GET",
  path: "/x",
  status: 200,
  failure: null,
  durationMs: 5,
  waitedMs: 0,
  requestBytes: 0,
  responseBytes: 2,
  requestExcerpt: "accept: application/json",
  responseExcerpt: "{}",
}

/** A new connection. Each gate to it stands for a process: all they share is the database. */
function connectionWith(world: HubWorld, limits: readonly LimitDeclaration[]): { gate(): ConnectionGate } {
  const owner = { connectionId: `hconn_${randomUUID()}`, companyId: "hcomp_default" }
  const warn = (message: string): void => {
    throw new Error(message)
  }
  return { gate: () => new ConnectionGate({ store: new BucketStore(world.sql, owner), limits, warn }) }
}

async function failureOf(promise: Promise<unknown>): Promise<HubError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason
  )
  if (!(error instanceof HubError)) {
    throw new Error(`Expected a HubError and got ${String(error)}.`)
  }
  return error
}

/** The most calls above `perSecond` × time within any window. */
function mostAbove(times: readonly number[], perSecond: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return Math.max(
    ...sorted.flatMap((from, first) =>
      sorted.slice(first).map((to, count) => count + 1 - (perSecond * (to - from)) / 1_000)
    )
  )
}

export const outwardCases = (medusa: MedusaSuite): void =>
  describe("the way out", () => {
    const world = useWorld(medusa)

    it("keeps a row of every call, and no secret in it", async () => {
      const channel = await world().openChannel()
      const connectionId = await world().connect(channel)
      await outboundOf(world().container).flush()
      const rows = await world().query<Record<string, unknown> & { operation: string; request_excerpt: string }>(
        "SELECT * FROM hub_exchange WHERE connection_id = :connectionId ORDER BY occurred_at",
        { connectionId }
      )
      const operations = new Set(rows.map(({ operation }) => operation))
      expect([...operations]).toEqual(expect.arrayContaining(["list-listings", "set-stock", "subscribe"]))
      expect(operations).not.toContain("call")
      expect(rows.every(({ status, failure }) => status === 200 && failure === null)).toBe(true)
      const push = rows.find(({ operation }) => operation === "set-stock")
      expect(push).toMatchObject({ method: "POST", path: "/v1/inventory/set" })
      expect(push?.request_excerpt).toContain("authorization: [redacted]")
      expect(push?.request_excerpt).toContain('"listing_id":"L-MUG"')
      const text = JSON.stringify(rows)
      expect(text).not.toContain(TOKEN)
      expect(text).not.toContain("whsec_")
      const [age] = await world().query<{ seconds: number }>(
        "SELECT max(abs(extract(epoch from now() - occurred_at)))::float8 AS seconds FROM hub_exchange WHERE connection_id = :connectionId",
        { connectionId }
      )
      expect(age?.seconds).toBeLessThan(60)
      const [inDefault] = await world().query<{ count: number }>(
        "SELECT count(*)::int AS count FROM hub_exchange_default"
      )
      expect(inDefault?.count).toBe(0)
    })

    it("does not call an address inside, tells a person once, blames no listing, and goes on when it is mended", async () => {
      const channel = await world().openChannel()
      const connectionId = await world().connect(channel)
      const setAddress = (url: string): Promise<unknown> =>
        world().query(
          "UPDATE hub_connection SET options = options || jsonb_build_object('base_url', CAST(:url AS text)), updated_at = clock_timestamp() WHERE id = :connectionId",
          { url, connectionId }
        )
      const mayCallAgain = (): Promise<unknown> =>
        world().query("UPDATE hub_lane SET not_before = NULL, probe_until = NULL, breaker_state = 'closed'")
      await setAddress("http://169.254.169.254")
      await world().setStock("MUG", 0, 3)
      await world().drain()
      await mayCallAgain()
      await world().query("UPDATE hub_listing_state SET next_attempt_at = NULL")
      await world().drain()
      const states = await world().query<{ state: string }>(
        "SELECT state FROM hub_listing_state WHERE connection_id = :connectionId",
        { connectionId }
      )
      expect(states.map(({ state }) => state)).not.toContain("failed")
      const issues = (): Promise<{ severity: string; message: string; open: boolean }[]> =>
        world().query(
          "SELECT severity, message, resolved_at IS NULL AS open FROM hub_issue WHERE connection_id = :connectionId AND code = 'address-refused'",
          { connectionId }
        )
      await world().until(async () => (await issues()).length > 0)
      expect(await issues()).toMatchObject([
        {
          severity: "critical",
          open: true,
          message: expect.stringContaining("169.254.169.254 is not a public address"),
        },
      ])
      const refused = await world().query(
        "SELECT 1 FROM hub_exchange WHERE connection_id = :connectionId AND failure = 'address-refused' AND failure_detail = '169.254.169.254' AND status IS NULL",
        { connectionId }
      )
      expect(refused.length).toBeGreaterThanOrEqual(2)

      await setAddress(channel.url)
      await mayCallAgain()
      await world().query("UPDATE hub_listing_state SET next_attempt_at = NULL")
      await world().drain()
      expect(await world().shown(channel)).toMatchObject({ "L-MUG": 8 })
      await world().until(async () => (await issues()).every(({ open }) => !open))
    })

    it("refuses to connect to an address inside, before anything is stored", async () => {
      const channel = await world().openChannel()
      const inside = Object.assign(Object.create(Object.getPrototypeOf(channel) as object) as typeof channel, channel, {
        url: "http://10.11.12.13",
      })
      const error = await failureOf(world().connect(inside))
      expect(error.message).toMatch(/10\.11\.12\.13 is not a public address.*engine\.allow_private_addresses/)
      expect(await world().query("SELECT 1 FROM hub_connection")).toEqual([])
    })

    it("keeps three processes together within one limit, and uses all of it", async () => {
      const { gate } = connectionWith(world(), [{ kind: "token-bucket", name: "calls", capacity: 20, perSecond: 40 }])
      const gates = [gate(), gate(), gate()]
      const times: number[] = []
      const begun = performance.now()
      // Six callers who always want to call.
      await Promise.all(
        [...gates, ...gates].map(async (process) => {
          while (performance.now() - begun < 2_000) {
            await process.enter(REQUEST, 5_000)
            times.push(performance.now())
          }
        })
      )
      // Two milliseconds of a timer that rings late are forgiven, in calls.
      expect(mostAbove(times, 40)).toBeLessThanOrEqual(20 + 1)
      expect(times.length).toBeGreaterThan(40 * 2 * 0.7)
    })

    it("lets only so many of an entity through on one day, however many ask at once", async () => {
      const quota: LimitDeclaration = {
        kind: "daily-quota",
        name: "edits",
        operations: ["edit"],
        perDay: 10,
        resetOffsetMinutes: -480,
        perEntity: true,
      }
      const { gate } = connectionWith(world(), [quota])
      const one = gate()
      const ask = (process: ConnectionGate, entity: string): Promise<"gone" | "refused"> =>
        process.enter({ ...REQUEST, operation: "edit", entity }, 2_000).then(
          () => "gone" as const,
          () => "refused" as const
        )
      const [first, second] = await Promise.all(
        ["L-1", "L-2"].map((entity) =>
          Promise.all([one, gate(), gate(), gate()].flatMap((process) => [1, 2, 3, 4].map(() => ask(process, entity))))
        )
      )
      expect(first?.filter((outcome) => outcome === "gone")).toHaveLength(10)
      expect(second?.filter((outcome) => outcome === "gone")).toHaveLength(10)
      const error = await failureOf(one.enter({ ...REQUEST, operation: "edit", entity: "L-1" }, 2_000))
      expect(error.kind).toBe("rate-limited")
      expect(error.retryAfterMs).toBeGreaterThan(0)
      await expect(one.enter({ ...REQUEST, operation: "other" }, 2_000)).resolves.toBeUndefined()
    })

    it.each([
      ["a channel without limits", []],
      ["a channel with a limit", [{ kind: "token-bucket", name: "calls", capacity: 100, perSecond: 2 }]],
    ] as const satisfies readonly (readonly [string, readonly LimitDeclaration[]])[])(
      "stops every process when one hears 429, for as long as the channel asks: %s",
      async (_name, limits) => {
        const { gate } = connectionWith(world(), limits)
        const told = gate()
        const other = gate()
        const heard = performance.now()
        told.learn(REQUEST, answer(429, 700))
        await told.settle()
        const refusals = await Promise.all([told, other].map((process) => failureOf(process.enter(REQUEST, 50))))
        for (const { kind, retryAfterMs } of refusals) {
          expect(kind).toBe("rate-limited")
          expect(retryAfterMs).toBeGreaterThan(0)
          expect(retryAfterMs).toBeLessThanOrEqual(700)
        }
        await other.enter(REQUEST, 3_000)
        expect(performance.now() - heard).toBeGreaterThanOrEqual(690)
        const rows = await world().query<{ not_before_reason: string | null }>(
          "SELECT not_before_reason FROM hub_rate_bucket WHERE not_before IS NOT NULL"
        )
        expect(rows).toEqual([{ not_before_reason: "read: 429" }])
      }
    )

    it("control: without what they share, the other process would call at once", async () => {
      const told = connectionWith(world(), []).gate()
      const stranger = connectionWith(world(), []).gate()
      told.learn(REQUEST, answer(429, 60_000))
      await told.settle()
      await expect(stranger.enter(REQUEST, 50)).resolves.toBeUndefined()
    })

    it("pauses only the operation that was refused, where the channel counts operations apart", async () => {
      const { gate: open } = connectionWith(world(), [
        { kind: "token-bucket", name: "reads", operations: ["read"], capacity: 10, perSecond: 10 },
        { kind: "token-bucket", name: "writes", operations: ["write"], capacity: 10, perSecond: 10 },
      ])
      const gate = open()
      gate.learn(REQUEST, answer(429, 60_000))
      await gate.settle()
      await expect(gate.enter({ ...REQUEST, operation: "write" }, 100)).resolves.toBeUndefined()
      expect((await failureOf(gate.enter(REQUEST, 100))).kind).toBe("rate-limited")
    })

    it("waits longer each time while the channel refuses without saying how long", async () => {
      const gate = connectionWith(world(), []).gate()
      const lengths: number[] = []
      for (let round = 0; round < 4; round += 1) {
        gate.learn(REQUEST, answer(429))
        await gate.settle()
        const [row] = await world().query<{ ms: number }>(
          "SELECT round(extract(epoch from not_before - paused_at) * 1000)::int AS ms FROM hub_rate_bucket"
        )
        lengths.push(row?.ms ?? 0)
        // As if the pause were just over.
        await world().query(
          "UPDATE hub_rate_bucket SET paused_at = paused_at - (not_before - clock_timestamp()), not_before = clock_timestamp()"
        )
      }
      expect(lengths).toEqual([1_000, 2_000, 4_000, 8_000])
    })

    it("never holds up a caller for the log: when it cannot be written, the oldest give way and are counted", async () => {
      const warnings: string[] = []
      const writer = new ExchangeWriter(world().sql, (message) => warnings.push(message), { capacity: 50, batch: 10 })
      const owner = { connectionId: "hconn_log", companyId: "hcomp_default" }
      const blocker = await world().sql.transaction()
      await blocker.raw("LOCK TABLE hub_exchange IN ACCESS EXCLUSIVE MODE")
      const begun = performance.now()
      for (let index = 0; index < 1_000; index += 1) {
        writer.add(owner, { ...EXCHANGE, path: `/${index}` })
      }
      const took = performance.now() - begun
      await blocker.rollback()
      await writer.flush()
      await writer.flush()
      const rows = await world().query<{ path: string }>(
        "SELECT path FROM hub_exchange WHERE connection_id = 'hconn_log' ORDER BY path"
      )
      expect(rows.length + writer.dropped).toBe(1_000)
      expect(rows.length).toBeGreaterThanOrEqual(50)
      expect(rows.length).toBeLessThanOrEqual(60)
      expect(rows.map(({ path }) => path)).toContain("/999")
      expect(warnings.join()).toContain(`${writer.dropped} calls to channels were not logged`)
      expect(took).toBeLessThan(500)
    })

    it("drops what it cannot store, and stores what came after", async () => {
      const warnings: string[] = []
      const writer = new ExchangeWriter(world().sql, (message) => warnings.push(message))
      const owner = { connectionId: "hconn_log", companyId: "hcomp_default" }
      writer.add(owner, { ...EXCHANGE, status: 2 ** 40 })
      await writer.flush()
      writer.add(owner, { ...EXCHANGE, responseExcerpt: "half an emoji \ud83d and a zero \u0000" })
      await writer.flush()
      expect(await world().query("SELECT 1 FROM hub_exchange WHERE connection_id = 'hconn_log'")).toHaveLength(1)
      expect(writer.dropped).toBe(1)
      expect(warnings).toHaveLength(1)
    })

    it("keeps exchanges for 14 days, by whole partitions", async () => {
      await world().query(
        "CREATE TABLE hub_exchange_20200101 PARTITION OF hub_exchange FOR VALUES FROM ('2020-01-01') TO ('2020-01-02')"
      )
      await world().query(
        "INSERT INTO hub_rate_bucket (id, company_id, connection_id, bucket, state, updated_at) VALUES ('hrb_old', 'c', 'c', 'x', '{}', now() - interval '4 days')"
      )
      await pruneHistory(world().container)
      const names = (
        await world().query<{ name: string }>(
          "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'hub_exchange'::regclass"
        )
      ).map(({ name }) => name)
      expect(names).not.toContain("hub_exchange_20200101")
      expect(names.length).toBeGreaterThanOrEqual(9)
      expect(await world().query("SELECT 1 FROM hub_rate_bucket WHERE id = 'hrb_old'")).toEqual([])
    })
  })
