import type { HubRun } from "../../../types"
import { secondsLeft, tookMs } from "../run-progress"

const NOW = Date.parse("2026-03-01T12:00:00Z")

const run = (change: Partial<HubRun>): HubRun => ({
  id: "hrun_1",
  connection_id: null,
  connection_name: null,
  kind: "sync-all",
  state: "running",
  scope: {},
  requested_by: null,
  requested_by_name: null,
  total_count: 100,
  succeeded_count: 0,
  skipped_count: 0,
  failed_count: 0,
  error: null,
  created_at: "2026-03-01T11:59:00Z",
  started_at: "2026-03-01T11:59:50Z",
  finished_at: null,
  cancel_requested_at: null,
  ...change,
})

describe("secondsLeft", () => {
  it.each<[string, Partial<HubRun>, number | null]>([
    ["counts every outcome", { succeeded_count: 20, skipped_count: 3, failed_count: 2 }, 30],
    ["knows nothing before the first item", {}, null],
    ["knows nothing in the first seconds", { succeeded_count: 9, started_at: "2026-03-01T11:59:58Z" }, null],
    ["is not asked when all is done", { succeeded_count: 100 }, null],
    ["is not asked of what has ended", { succeeded_count: 20, state: "cancelled" }, null],
    ["is not asked of what has not begun", { succeeded_count: 20, started_at: null }, null],
  ])("%s", (_, change, seconds) => {
    expect(secondsLeft(run(change), NOW)).toBe(seconds)
  })
})

describe("tookMs", () => {
  it("goes on counting until it has ended", () => {
    expect(tookMs(run({}), NOW)).toBe(10_000)
    expect(tookMs(run({ finished_at: "2026-03-01T11:59:52.500Z" }), NOW)).toBe(2_500)
    expect(tookMs(run({ started_at: null }), NOW)).toBeNull()
  })
})
