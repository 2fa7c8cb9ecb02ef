import { loadConnectionSummaries, loadOpenIssues } from "../../engine/queries/load-overview"
import { readCaptureStatus } from "../../modules/sync/capture/install-capture"
import type { HubConnectionSummary } from "../../types/http/hub"
import { EXIT, type Command } from "../command"
import { renderTable } from "../render-table"

const milliseconds = (value: number | null): string => (value === null ? "-" : `${Math.round(value)} ms`)

const toRow = (connection: HubConnectionSummary): string[] => [
  connection.name,
  connection.state,
  `${connection.in_sync_count}/${connection.listing_count}`,
  String(connection.pending_count),
  connection.oldest_pending_seconds === null ? "-" : `${connection.oldest_pending_seconds.toFixed(1)} s`,
  String(connection.failed_count),
  String(connection.unlinked_count),
  String(connection.write_count),
  milliseconds(connection.latency_p50_ms),
  milliseconds(connection.latency_p95_ms),
  String(connection.open_issue_count),
]

const HEADER = [
  "channel",
  "state",
  "in sync",
  "pending",
  "oldest",
  "failed",
  "unlinked",
  "writes",
  "p50",
  "p95",
  "issues",
]

const CAPTURE_WORDS = {
  installed: "Stock changes are captured inside the database.",
  absent:
    "The capture trigger is not installed: changes are found by events and the sweep. Restart Medusa to install it.",
  "not-possible-yet": "The hub's tables are not there yet: run medusa db:migrate.",
} as const

/** `hub status`: how every connection stands. */
export const status: Command = {
  name: "status",
  usage: "[--json]",
  summary: "every connection: in sync, pending, oldest pending, latency, issues",
  arguments: [0, 0],
  hasJson: true,
  run: async ({ sql, json, print }) => {
    const capture = await readCaptureStatus(sql)
    const connections = capture === "not-possible-yet" ? [] : await loadConnectionSummaries(sql)
    const issues = capture === "not-possible-yet" ? [] : await loadOpenIssues(sql)
    if (json) {
      print(JSON.stringify({ capture, connections, issues }, null, 2))
      return EXIT.ok
    }
    print(connections.length > 0 ? renderTable(HEADER, connections.map(toRow)) : "No connections yet.")
    print(CAPTURE_WORDS[capture])
    issues.slice(0, 10).forEach((issue) => {
      print(`! ${issue.connection_name}: ${issue.message}`)
    })
    return EXIT.ok
  },
}
