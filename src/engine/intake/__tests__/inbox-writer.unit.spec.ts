import { setImmediate as nextTurn } from "node:timers/promises"
import type { Sql } from "../../sql"
import { InboxWriter, type VerifiedMessage } from "../inbox-writer"

interface Row {
  readonly id: string
  readonly event_id: string
  readonly entity_key: string
  readonly occurred_at: string | null
}

type Answer = (rows: readonly Row[]) => { id: string; is_new: boolean }[]

const allNew: Answer = (rows) => rows.map(({ id }) => ({ id, is_new: true }))

/** A database that is slow on purpose: every statement waits until it is let go. */
function database(answer: Answer = allNew) {
  const groups: Row[][] = []
  const waiting: (() => void)[] = []
  const sql = {
    raw: async (_statement: string, bindings: { rows: string }) => {
      const rows = JSON.parse(bindings.rows) as Row[]
      groups.push(rows)
      await new Promise<void>((go) => waiting.push(go))
      return { rows: answer(rows) }
    },
  } as unknown as Sql
  const letGo = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) {
      waiting.splice(0).forEach((go) => go())
      await nextTurn()
    }
  }
  return { sql, groups, letGo }
}

const message = (eventId: string, occurredAt = "2026-01-01T00:00:00Z"): VerifiedMessage => ({
  companyId: "hcomp_default",
  connectionId: "hconn_1",
  version: "1",
  message: { topic: "other", eventId, occurredAt, name: "x" },
})

const withCode = (code: string): Error => Object.assign(new Error("no"), { code })

describe("InboxWriter", () => {
  it("collects what comes while a group is on its way, and stores it as one", async () => {
    const { sql, groups, letGo } = database()
    const writer = new InboxWriter(sql)
    const first = writer.store(message("a"))
    await nextTurn()
    await nextTurn()
    const rest = Array.from({ length: 30 }, (_, index) => writer.store(message(`b${index}`)))
    await nextTurn()
    await nextTurn()
    const late = writer.store(message("c"))
    await letGo()
    expect((await Promise.all([first, ...rest, late])).every(({ outcome }) => outcome === "accepted")).toBe(true)
    expect(groups.map((group) => group.length)).toEqual([1, 30, 1])
  })

  it("says nothing before the statement has come back", async () => {
    const { sql, letGo } = database()
    let isSaid = false
    const stored = new InboxWriter(sql).store(message("a")).then(() => {
      isSaid = true
    })
    await nextTurn()
    await nextTurn()
    expect(isSaid).toBe(false)
    await letGo()
    await stored
    expect(isSaid).toBe(true)
  })

  it("tells a duplicate, and a connection that has changed meanwhile, from what is stored", async () => {
    const { sql, letGo } = database((rows) =>
      rows.flatMap(({ id, event_id: eventId }) =>
        eventId === "changed" ? [] : [{ id, is_new: eventId !== "duplicate" }]
      )
    )
    const writer = new InboxWriter(sql)
    const stored = ["new", "duplicate", "changed"].map((id) => writer.store(message(id)))
    await letGo()
    expect((await Promise.all(stored)).map(({ outcome }) => outcome)).toEqual(["accepted", "duplicate", "changed"])
  })

  it("refuses the one that the database cannot take, and stores the others", async () => {
    const { sql, letGo } = database((rows) => {
      if (rows.some(({ event_id: eventId }) => eventId === "odd")) {
        throw withCode("22P02")
      }
      return allNew(rows)
    })
    const writer = new InboxWriter(sql)
    const stored = ["a", "b", "odd", "c", "d"].map((id) => writer.store(message(id)))
    const all = Promise.allSettled(stored)
    await letGo()
    await letGo()
    expect((await all).map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ])
    await expect(stored[2]).rejects.toMatchObject({ kind: "invalid-data" })
  })

  it("tells everybody of a group to come again when the database is away, and goes on with the next", async () => {
    let isAway = true
    const { sql, letGo } = database((rows) => {
      if (isAway) {
        throw withCode("57P01")
      }
      return allNew(rows)
    })
    const writer = new InboxWriter(sql)
    const group = Promise.allSettled([writer.store(message("a")), writer.store(message("b"))])
    await letGo()
    expect(await group).toMatchObject([
      { status: "rejected", reason: { kind: "transient" } },
      { status: "rejected", reason: { kind: "transient" } },
    ])
    isAway = false
    const next = writer.store(message("c"))
    await letGo()
    await expect(next).resolves.toMatchObject({ outcome: "accepted" })
  })

  it("stores a message whose time nobody can read, and lets no two of other topics wait for each other", async () => {
    const { sql, groups, letGo } = database()
    const writer = new InboxWriter(sql)
    const stored = [writer.store(message("a", "yesterday")), writer.store(message("b"))]
    await letGo()
    await Promise.all(stored)
    const rows = groups.flat()
    expect(rows.map((row) => row.occurred_at)).toEqual([null, "2026-01-01T00:00:00.000Z"])
    expect(new Set(rows.map((row) => row.entity_key)).size).toBe(2)
  })

  it("keeps no more than it may while the database does not answer, and takes messages again afterwards", async () => {
    const { sql, letGo } = database()
    const writer = new InboxWriter(sql, 2_000)
    const many = Promise.allSettled(Array.from({ length: 40 }, (_, index) => writer.store(message(`m${index}`))))
    await letGo()
    const refused = (await many).filter(({ status }) => status === "rejected")
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(40)
    expect(refused[0]).toMatchObject({ reason: { kind: "transient" } })
    const next = writer.store(message("next"))
    await letGo()
    await expect(next).resolves.toMatchObject({ outcome: "accepted" })
  })
})
