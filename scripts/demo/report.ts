import { renderTable } from "../../src/cli/render-table"
import type { HubConnectionSummary } from "../../src/types/http/hub"
import type { Verification } from "./verify"

interface Sales {
  readonly sold: number
  readonly oversold: number
  readonly oversoldSkus: number
  readonly oversoldPerThousand: number
}

/** Everything that a headless replay found out. */
export interface ReplayReport {
  readonly lines: number
  readonly events: number
  readonly orders: number
  readonly seconds: number
  readonly ordersPerSecond: number
  readonly speed: number | "max"
  readonly seed: number
  readonly hub: Sales
  readonly naive: Sales & {
    readonly calls: number
    /** Calls that were still waiting when the last buyer came. */ readonly backlog: number
  }
  readonly connections: readonly HubConnectionSummary[]
  readonly verification: Verification
  /** What should be 0 and is not. */
  readonly findings: readonly string[]
}

const ms = (value: number | null): string => (value === null ? "-" : `${Math.round(value)} ms`)

const ratio = (report: ReplayReport): string =>
  report.hub.oversold === 0
    ? "none at all"
    : `1 / ${(report.naive.oversoldPerThousand / report.hub.oversoldPerThousand).toFixed(1)} of the naive subscriber's`

function renderReport(report: ReplayReport): string {
  const { verification: found } = report
  const channels = report.connections.map((connection) => [
    connection.name,
    `${connection.in_sync_count}/${connection.listing_count}`,
    String(connection.order_count),
    String(connection.change_count),
    String(connection.write_count),
    ms(connection.latency_p50_ms),
    ms(connection.latency_p95_ms),
    String(connection.open_issue_count),
  ])
  const worlds = [
    [
      "with the hub",
      String(report.hub.sold),
      String(report.hub.oversold),
      report.hub.oversoldPerThousand.toFixed(2),
      "-",
    ],
    [
      "naive subscriber",
      String(report.naive.sold),
      String(report.naive.oversold),
      report.naive.oversoldPerThousand.toFixed(2),
      String(report.naive.backlog),
    ],
  ]
  return [
    "",
    `${report.lines} lines, ${report.orders} orders in ${report.seconds.toFixed(1)} s (${report.ordersPerSecond.toFixed(1)} orders/s, speed ${report.speed}, seed ${report.seed})`,
    "",
    renderTable(["channel", "in sync", "orders", "changes", "writes", "p50", "p95", "issues"], channels),
    "",
    renderTable(["same buyers", "units sold", "oversold", "per 1,000", "calls left over"], worlds),
    `Oversold with the hub: ${ratio(report)}. The naive subscriber makes one API call for each event and channel.`,
    "",
    `${found.listings} listings: ${found.differentOnChannel} differ from the channel, ${found.differentFromStock} differ from the stock, ${found.notInSync} not in sync`,
    `${found.explanations} numbers sent: ${found.explanationsThatDiffer} differ from the value recomputed from the stored explanation (${found.bytesPerExplanation} bytes each)`,
    `${found.channelOrders} orders on the channels: ${found.ordersNotOnce} not exactly once in Medusa, ${found.reservationsThatDiffer} with other reservations than sold units`,
    `${found.brokenRules} requests broke a rule of a channel`,
    report.findings.length === 0 ? "Everything holds." : `NOT everything holds: ${report.findings.join(", ")}`,
    "",
  ].join("\n")
}

/** The end of a replay, for people or, as one object, for programs. */
export const reportReplay = (report: ReplayReport, isJson: boolean): string =>
  isJson ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report)
