import type { HubConnectionSummary, HubIssue, HubOverviewResponse } from "../../../types"
import { groupIssues } from "../group-issues"
import { en } from "../../texts/en"
import { calmSentence, sentenceOfTruth, truthOf } from "../truth"

const connection = (change: Partial<HubConnectionSummary> = {}): HubConnectionSummary => ({
  id: "hcon_1",
  name: "Shop",
  connector_id: "simulator",
  state: "connected",
  state_reason: null,
  listing_count: 10,
  in_sync_count: 10,
  pending_count: 0,
  failed_count: 0,
  skipped_count: 0,
  unlinked_count: 0,
  oldest_pending_seconds: null,
  write_count: 0,
  change_count: 0,
  latency_p50_ms: null,
  latency_p95_ms: null,
  open_issue_count: 0,
  order_count: 0,
  waiting_message_count: 0,
  ...change,
})

const issue = (change: Partial<HubIssue> = {}): HubIssue => ({
  id: "hiss_1",
  connection_id: "hcon_1",
  connection_name: "Shop",
  code: "oversold",
  severity: "critical",
  message: "One too many.",
  occurrence_count: 1,
  last_seen_at: "2026-03-01T12:00:00Z",
  ...change,
})

const overview = (connections: HubConnectionSummary[], issues: HubIssue[] = []): HubOverviewResponse => ({
  connections: connections.map((entry) => ({
    ...entry,
    open_issue_count: Math.max(entry.open_issue_count, issues.filter((one) => one.connection_id === entry.id).length),
  })),
  issues,
  capture: "installed",
})

const sentence = (response: HubOverviewResponse): string => sentenceOfTruth(truthOf(response), en)

describe("the sentence of truth", () => {
  it("says so when there is nothing to do", () => {
    expect(sentence(overview([connection()]))).toBe("1 of 1 channel in sync · nothing pending · nothing needs you")
  })

  it("tells the oldest change of all channels", () => {
    const response = overview([
      connection({ id: "a", pending_count: 1, oldest_pending_seconds: 3.2 }),
      connection({ id: "b", pending_count: 4, oldest_pending_seconds: 12.9 }),
      connection({ id: "c" }),
    ])
    expect(sentence(response)).toBe("2 of 3 channels in sync · oldest pending change 12 s · nothing needs you")
  })

  it.each([
    ["a failed listing", { failed_count: 1 }],
    ["a change that has waited for five seconds", { pending_count: 1, oldest_pending_seconds: 5 }],
    ["a pause", { state: "paused" }],
    ["lost credentials", { state: "needs-reauthorisation" }],
  ] as const)("does not call a channel in sync that has %s", (_, change) => {
    expect(truthOf(overview([connection(change)])).inSyncCount).toBe(0)
  })

  it("counts causes, not cases, and leaves out what is only good to know", () => {
    const issues = [
      issue({ id: "1" }),
      issue({ id: "2" }),
      issue({ id: "3", connection_id: "hcon_2" }),
      issue({ id: "4", code: "unknown-order-returned", severity: "info" }),
    ]
    expect(truthOf(overview([connection(), connection({ id: "hcon_2" })], issues)).attentionCount).toBe(2)
  })

  it("says that there is more when the server tells only some of the issues", () => {
    const response = overview([connection({ open_issue_count: 80 })], [issue()])
    expect(sentence(response)).toContain("at least 1 thing needs you")
  })

  it("keeps the seconds from screen readers", () => {
    const truth = truthOf(overview([connection({ pending_count: 1, oldest_pending_seconds: 3 })]))
    expect(calmSentence(truth, en)).toBe("1 of 1 channel in sync · nothing needs you")
  })
})

describe("groupIssues", () => {
  it("puts the gravest first, then those with the most cases", () => {
    const groups = groupIssues([
      issue({ id: "1", code: "push-invalid-data", severity: "warning" }),
      issue({ id: "2", code: "push-not-found", severity: "warning" }),
      issue({ id: "3", code: "push-not-found", severity: "warning" }),
      issue({ id: "4" }),
    ])
    expect(groups.map(({ code }) => code)).toEqual(["oversold", "push-not-found", "push-invalid-data"])
  })

  it("takes the gravest severity, adds up how often it was seen, and tells the newest first", () => {
    const [group] = groupIssues([
      issue({ id: "old", severity: "warning", occurrence_count: 3, last_seen_at: "2026-03-01T11:00:00Z" }),
      issue({ id: "new", severity: "info", occurrence_count: 4, last_seen_at: "2026-03-01T12:00:00Z" }),
    ])
    expect(group).toMatchObject({ severity: "warning", occurrenceCount: 7 })
    expect(group?.messages.map(({ id }) => id)).toEqual(["new", "old"])
  })
})
