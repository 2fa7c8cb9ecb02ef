import type { Conditions } from "../support/conditions"
import { per, spreadOf, timesOf, type Spread } from "../support/statistics"
import { formatNumber, renderTable } from "../support/table"
import type { HubMeasured, Measured } from "./contenders"
import { BATCH, CALLS_AT_ONCE, LATENCY_MS } from "./layout"
import type { BenchOptions } from "./options"

/** What one contender came to, per change where that makes runs of different length comparable. */
export interface Figures {
  readonly changes: number
  readonly seconds: number
  readonly write_seconds: number | null
  readonly changes_per_second: number | null
  readonly latency_ms: Spread | null
  readonly calls: number
  readonly calls_per_100_changes: number | null
  readonly values_written: number
  readonly cpu_ms_per_change: number | null
  readonly postgres_cpu_ms_per_change: number | null
  readonly idle_rss_mb: number
  readonly peak_rss_mb: number | null
  readonly heap_mb: number
}

export interface HubFigures extends Figures {
  readonly explanation_bytes_per_change: number | null
  readonly explanation_disk_bytes_per_change: number | null
  readonly explanation_input_bytes_per_value: number | null
  readonly wal_bytes_per_change: number | null
}

export interface Aim {
  readonly name: string
  readonly value: number | null
  readonly wanted: string
  readonly is_met: boolean
}

export interface BenchReport {
  readonly options: BenchOptions
  readonly conditions: Conditions
  readonly batch: number
  readonly latency_ms: number
  readonly calls_at_once: number
  /** A backlog: everything is there when the engine starts. */
  readonly hub: HubFigures
  /** The calls of that backlog. */
  readonly floor: Figures
  /** A stream at a fixed rate. */
  readonly hub_stream: HubFigures
  /** The head of that stream, at the same rate. */
  readonly naive: Figures
  readonly many_listings: HubFigures | null
  readonly aims: readonly Aim[]
}

export interface Measurements {
  readonly hub: HubMeasured
  readonly floor: Measured
  readonly hubStream: HubMeasured
  readonly naive: Measured
  readonly many: HubMeasured | null
}

const figuresOf = (measured: Measured): Figures => ({
  changes: measured.changes,
  seconds: measured.seconds,
  write_seconds: measured.writeSeconds,
  changes_per_second: per(measured.changes, measured.seconds),
  latency_ms: spreadOf(measured.latencies),
  calls: measured.channels.calls,
  calls_per_100_changes: per(measured.channels.calls * 100, measured.changes),
  values_written: measured.channels.itemsWritten,
  cpu_ms_per_change: per(measured.usage.cpuMs, measured.changes),
  postgres_cpu_ms_per_change: per(measured.postgresCpuMs, measured.changes),
  idle_rss_mb: measured.usage.idleRssMb,
  peak_rss_mb: measured.usage.peakRssMb,
  heap_mb: measured.usage.heapMb,
})

const hubFiguresOf = (measured: HubMeasured): HubFigures => ({
  ...figuresOf(measured),
  explanation_bytes_per_change: per(measured.explanations.rowBytes, measured.changes),
  explanation_disk_bytes_per_change: per(measured.explanations.diskBytes, measured.changes),
  explanation_input_bytes_per_value: per(measured.explanations.inputBytes, measured.explanations.count),
  wal_bytes_per_change: per(measured.walBytes, measured.changes),
})

const atLeast = (name: string, value: number | null, limit: number): Aim => ({
  name,
  value,
  wanted: `≥ ${limit}`,
  is_met: value !== null && value >= limit,
})

const atMost = (name: string, value: number | null, limit: number): Aim => ({
  name,
  value,
  wanted: `≤ ${limit}`,
  is_met: value !== null && value <= limit,
})

function aimsOf({ hub, hub_stream: stream, naive, floor, many_listings: many }: Omit<BenchReport, "aims">): Aim[] {
  const aims = [
    atLeast(
      "naive calls / hub calls per change, stream",
      timesOf(naive.calls_per_100_changes, stream.calls_per_100_changes),
      10
    ),
    atLeast("hub backlog / naive, changes per second", timesOf(hub.changes_per_second, naive.changes_per_second), 5),
    atMost("hub time / floor time, same calls, backlog", timesOf(hub.seconds, floor.seconds), 2),
  ]
  return many === null
    ? aims
    : [...aims, atMost("peak memory, ten times the listings", timesOf(many.peak_rss_mb, hub.peak_rss_mb), 1.25)]
}

/** Everything that was measured, in figures that can be compared. Pure. */
export function summarise(
  given: Measurements & { readonly options: BenchOptions; readonly conditions: Conditions }
): BenchReport {
  const report = {
    options: given.options,
    conditions: given.conditions,
    batch: BATCH,
    latency_ms: LATENCY_MS,
    calls_at_once: CALLS_AT_ONCE,
    hub: hubFiguresOf(given.hub),
    floor: figuresOf(given.floor),
    hub_stream: hubFiguresOf(given.hubStream),
    naive: figuresOf(given.naive),
    many_listings: given.many === null ? null : hubFiguresOf(given.many),
  }
  return { ...report, aims: aimsOf(report) }
}

/** What makes a run worthless: wrong numbers, refusals, calls that nobody can account for. Pure. */
export function findProblems({ hub, naive, floor, hubStream, many }: Measurements): string[] {
  const named: readonly (readonly [string, Measured])[] = [
    ["hub", hub],
    ["hub in the stream", hubStream],
    ["naive subscriber", naive],
    ["floor", floor],
    ...(many ? [["hub with many listings", many] as const] : []),
  ]
  const problems = named.flatMap(([name, { channels }]) => [
    ...(channels.wrongNumbers > 0 ? [`${name}: ${channels.wrongNumbers} listings show a wrong number`] : []),
    ...(channels.itemsRefused > 0 ? [`${name}: ${channels.itemsRefused} items were refused`] : []),
  ])
  const replayed = hub.batches.flat()
  const calls = hub.channels.writeCalls
  if (replayed.length !== calls || floor.channels.writeCalls !== calls) {
    problems.push(
      `the channels counted ${calls} writing calls of the hub and ${floor.channels.writeCalls} of the floor, its explanations tell of ${replayed.length}`
    )
  }
  const explained = replayed.reduce((sum, batch) => sum + batch.length, 0)
  if (explained !== hub.channels.itemsWritten) {
    problems.push(`the hub wrote ${hub.channels.itemsWritten} values and explained ${explained}`)
  }
  return problems
}

type Column = (figures: Figures) => string

const LINES: readonly (readonly [string, Column])[] = [
  ["changes", ({ changes }) => changes.toLocaleString("en-US")],
  ["seconds", ({ seconds }) => formatNumber(seconds)],
  ["  of these writing the stream", (figures) => formatNumber(figures.write_seconds)],
  ["changes per second", (figures) => formatNumber(figures.changes_per_second)],
  ["ms from cause to acknowledged, p50", (figures) => formatNumber(figures.latency_ms?.p50 ?? null)],
  ["  p95", (figures) => formatNumber(figures.latency_ms?.p95 ?? null)],
  ["  p99", (figures) => formatNumber(figures.latency_ms?.p99 ?? null)],
  ["values written", (figures) => figures.values_written.toLocaleString("en-US")],
  ["calls", ({ calls }) => calls.toLocaleString("en-US")],
  ["calls per 100 changes", (figures) => formatNumber(figures.calls_per_100_changes)],
  ["CPU ms per change, own process", (figures) => formatNumber(figures.cpu_ms_per_change)],
  ["CPU ms per change, Postgres", (figures) => formatNumber(figures.postgres_cpu_ms_per_change)],
  ["MiB resident before", (figures) => formatNumber(figures.idle_rss_mb)],
  ["MiB resident at most", (figures) => formatNumber(figures.peak_rss_mb)],
  ["MiB of live objects after", (figures) => formatNumber(figures.heap_mb)],
]

const HUB_LINES: readonly (readonly [string, (figures: HubFigures) => number | null])[] = [
  ["bytes of explanation per change", (figures) => figures.explanation_bytes_per_change],
  ["  on disk, with indexes", (figures) => figures.explanation_disk_bytes_per_change],
  ["bytes of inputs per value", (figures) => figures.explanation_input_bytes_per_value],
  ["bytes of write-ahead log per change", (figures) => figures.wal_bytes_per_change],
]

/** The report as a person reads it. Pure. */
export function renderReport(report: BenchReport): string {
  const { hub, naive, floor, hub_stream: stream, many_listings: many, options } = report
  const columns: readonly (readonly [string, Figures | HubFigures])[] = [
    ["stream: hub", stream],
    ["naive", naive],
    ["backlog: hub", hub],
    ["floor", floor],
    ...(many ? [[`hub, ${options.manyListings?.toLocaleString("en-US") ?? ""}`, many] as const] : []),
  ]
  const rows = [
    [
      `${options.listings.toLocaleString("en-US")} listings × ${options.channels} channels`,
      ...columns.map(([name]) => name),
    ],
    ...LINES.map(([name, column]) => [name, ...columns.map(([, figures]) => column(figures))]),
    ...HUB_LINES.map(([name, column]) => [
      name,
      ...columns.map(([, figures]) => ("wal_bytes_per_change" in figures ? formatNumber(column(figures)) : "–")),
    ]),
  ]
  const aims = [
    ["aim", "measured", "wanted", ""],
    ...report.aims.map(({ name, value, wanted, is_met }) => [
      name,
      formatNumber(value),
      wanted,
      is_met ? "met" : "MISSED",
    ]),
  ]
  return `${renderTable(rows)}\n\n${renderTable(aims)}`
}
