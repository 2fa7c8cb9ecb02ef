import { renderTable } from "../../../src/cli/render-table"
import type { HubConnectionSummary } from "../../../src/types/http/hub"

export interface LiveFigures {
  readonly connections: readonly HubConnectionSummary[]
  /** Units that the channels sold and that were not there. */
  readonly oversold: number
  readonly ordersPerSecond: number
}

const ms = (value: number | null): string =>
  value === null ? "-" : value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`

const HEADER = ["channel", "listings", "in sync", "pending", "oldest", "writes", "coalesced", "orders", "p50", "p95"]

/** How many changes were answered by a write that answered others as well. */
const coalesced = (connection: HubConnectionSummary): number =>
  Math.max(0, connection.change_count - connection.write_count)

/** The table that the demo redraws while it runs. */
export function renderLive(figures: LiveFigures): string {
  const rows = figures.connections.map((connection) => [
    connection.name,
    String(connection.listing_count),
    String(connection.in_sync_count),
    String(connection.pending_count),
    connection.oldest_pending_seconds === null ? "-" : `${connection.oldest_pending_seconds.toFixed(1)} s`,
    String(connection.write_count),
    String(coalesced(connection)),
    String(connection.order_count),
    ms(connection.latency_p50_ms),
    ms(connection.latency_p95_ms),
  ])
  return [
    renderTable(HEADER, rows),
    `${figures.oversold} units oversold · ${figures.ordersPerSecond.toFixed(1)} channel orders a second · ` +
      `p50 and p95 from cause to acceptance, last ten minutes`,
  ].join("\n")
}

/** Redraws text in place on a terminal. In a pipe it prints nothing: the end of the run says it all. */
export class LiveArea {
  private height = 0

  constructor(private readonly out: NodeJS.WriteStream) {}

  draw(text: string): void {
    if (!this.out.isTTY) {
      return
    }
    const lines = text.split("\n")
    const up = this.height > 0 ? `\u001b[${this.height}A\u001b[0J` : ""
    this.out.write(`${up}${lines.join("\n")}\n`)
    this.height = lines.length
  }
}
