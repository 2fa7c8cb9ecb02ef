import fc from "fast-check"
import type { HubCheck } from "../../../types/http/hub"
import { durationOf } from "../check"
import { DOCTOR_CHECKS } from "../checks"
import { judgeBacklog } from "../checks/backlog"
import { judgeClock } from "../checks/clock"
import { judgeSessions } from "../checks/sessions"
import { judgeSizes } from "../checks/sizes"
import { judgeTicks } from "../checks/ticks"
import { judgeWorkers, type SeenWorker } from "../checks/workers"
import { overallStatus } from "../run-doctor"

const worker = (over: Partial<SeenWorker> = {}): SeenWorker => ({
  id: "w",
  host: "box",
  pid: 1,
  version: "1",
  lockProvider: "locking-postgres",
  silentSeconds: 1,
  ...over,
})

describe("the doctor", () => {
  it("has each check once, with an id that a script can name", () => {
    const ids = DOCTOR_CHECKS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^[a-z-]+$/.test(id))).toBe(true)
  })

  it("is as well as its worst check, and what nobody knows is not well", () => {
    const status = fc.constantFrom<HubCheck["status"]>("ok", "degraded", "down", "unknown")
    fc.assert(
      fc.property(fc.array(status), (statuses) => {
        const overall = overallStatus(statuses.map((one) => ({ status: one })))
        expect(overall === "down").toBe(statuses.includes("down"))
        expect(overall === "ok").toBe(statuses.every((one) => one === "ok"))
      })
    )
  })

  it.each([
    [0, "0 s"],
    [119, "119 s"],
    [600, "10 min"],
    [9_000, "2.5 h"],
    [259_200, "3.0 days"],
  ])("says %d seconds as %s", (seconds, words) => {
    expect(durationOf(seconds)).toBe(words)
  })
})

describe("workers", () => {
  const judge = (...workers: SeenWorker[]): string[] =>
    judgeWorkers({ workers, hasConnections: true }).map(({ severity, what }) => `${severity}: ${what}`)

  it("are fine when one is alive, whatever its lock, or several share one", () => {
    expect(judge(worker({ lockProvider: "in-memory" }))).toEqual([])
    expect(judge(worker(), worker({ pid: 2 }))).toEqual([])
    expect(judge(worker({ lockProvider: "in-memory" }), worker({ pid: 2, silentSeconds: 31 }))).toEqual([])
    expect(judge(worker({ lockProvider: null }), worker({ pid: 2 }))).toEqual([])
  })

  it("are missed only where there is something to do", () => {
    expect(judgeWorkers({ workers: [], hasConnections: false })).toEqual([])
    expect(judge()).toEqual(["down: No worker is alive, and none was within a day."])
    expect(judge(worker({ silentSeconds: 3_600 }))).toEqual([
      "down: No worker is alive. The last one, box:1, was heard of 60 min ago.",
    ])
  })

  it("are dangerous when several have a lock of their own", () => {
    expect(judge(worker({ lockProvider: "in-memory" }), worker({ pid: 2 }))).toEqual([
      "degraded: 2 workers share this database, but 1 of them use a locking provider that lives in one process.",
    ])
  })
})

describe("limits", () => {
  it("of the backlog: late after a minute, down after ten", () => {
    const severity = (oldestSeconds: number | null): string | undefined =>
      judgeBacklog({ count: 3, oldestSeconds })[0]?.severity
    expect([null, 59, 60, 599, 600].map(severity)).toEqual([undefined, undefined, "degraded", "degraded", "down"])
  })

  it("of the clock: only what the way there and back cannot explain", () => {
    expect(judgeClock({ skewMs: 4_999, uncertaintyMs: 0 })).toEqual([])
    expect(judgeClock({ skewMs: 20_000, uncertaintyMs: 16_000 })).toEqual([])
    expect(judgeClock({ skewMs: -600_000, uncertaintyMs: 5 })[0]?.what).toContain("10 min behind")
  })

  it("of the jobs: three missed windows, and only while a worker lives long enough to have had them", () => {
    const judge = (silentSeconds: number | null, workingSeconds: number | null): number =>
      judgeTicks({ ticks: [{ name: "sweep-hub-stock", silentSeconds }], workingSeconds }).length
    expect([judge(180, 3_600), judge(181, 3_600), judge(null, 3_600), judge(null, 100), judge(null, null)]).toEqual([
      0, 1, 1, 0, 0,
    ])
  })

  it("of sessions and tables", () => {
    const calm = { idle: [], oldestSeconds: 599, used: 90, allowed: 100 }
    expect(judgeSessions(calm)).toEqual([])
    expect(judgeSessions({ ...calm, oldestSeconds: 601, used: 91 })).toHaveLength(2)
    expect(judgeSizes([{ name: "t", bytes: 1, rows: 10, deadRows: 1_000_000 }])).toEqual([])
    expect(judgeSizes([{ name: "t", bytes: 21 * 1024 ** 3, rows: 10, deadRows: 1_000_001 }])).toHaveLength(2)
  })
})
