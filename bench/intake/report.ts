import { spreadOf, timesOf, type Spread } from "../support/statistics"
import { formatNumber, renderTable } from "../support/table"
import type { Load } from "./load"

export interface IntakeFigures {
  readonly accepted: number
  readonly other_answers: number
  readonly seconds: number
  readonly accepted_per_second: number
  readonly latency_ms: Spread | null
}

export interface Durability {
  readonly what: string
  readonly answered: number
  readonly lost: number
  /** Commits are not synced: here something has to be lost, or the check is blind. */
  readonly is_control: boolean
}

export interface IntakeReport {
  readonly hub: IntakeFigures
  /** A route inside the same Medusa that only verifies and inserts. */
  readonly bare: IntakeFigures
  /** The same without Medusa. */
  readonly node: IntakeFigures
  readonly ratio: number | null
  /** At a fixed rate, with the engine, orders and stock changes beside it. */
  readonly sustained: IntakeFigures & { readonly wanted_per_second: number; readonly waiting_at_end: number }
  readonly durability: readonly Durability[]
}

/** Loads of the same kind put together. Pure. */
export function figuresOf(loads: readonly Load[]): IntakeFigures {
  const accepted = loads.reduce((sum, load) => sum + load.accepted.length, 0)
  const seconds = loads.reduce((sum, load) => sum + load.seconds, 0)
  const others = loads.flatMap((load) => Object.values(load.others)).reduce((sum, count) => sum + count, 0)
  return {
    accepted,
    other_answers: others,
    seconds,
    accepted_per_second: seconds === 0 ? 0 : accepted / seconds,
    latency_ms: spreadOf(loads.flatMap((load) => load.latencies)),
  }
}

/** What makes the run worthless or breaks a promise. Pure. */
export function findIntakeProblems(report: IntakeReport): string[] {
  const refused = [report.hub, report.bare, report.node, report.sustained].some(
    ({ other_answers: others }) => others > 0
  )
  return [
    ...(refused ? ["deliveries were answered with something else than 200"] : []),
    ...report.durability.flatMap(({ what, lost, is_control: isControl }) =>
      isControl
        ? lost === 0
          ? [`${what}: nothing was lost, so this check would not see a loss`]
          : []
        : lost > 0
          ? [`${what}: ${lost} ids that were answered 200 are missing`]
          : []
    ),
  ]
}

const row = (name: string, figures: IntakeFigures): string[] => [
  name,
  formatNumber(figures.accepted_per_second),
  ...[figures.latency_ms?.p50, figures.latency_ms?.p95, figures.latency_ms?.p99].map((ms) => formatNumber(ms ?? null)),
  String(figures.other_answers),
]

const MOST_RATIO = 0.8
const PER_MINUTE = 1_000

/** The report as a person reads it. Pure. */
export function renderIntake(report: IntakeReport): string {
  const { hub, bare, node, sustained, ratio } = report
  const table = renderTable([
    ["", "accepted/s", "p50 ms", "p95 ms", "p99 ms", "not 200"],
    row("the hub, inside Medusa", hub),
    row("bare route inside Medusa: verifies and inserts", bare),
    row("the same without Medusa", node),
    row(`${sustained.wanted_per_second}/s, everything else running`, sustained),
  ])
  const perMinute = sustained.accepted_per_second * 60
  const aims = renderTable([
    ["aim", "measured", "wanted", ""],
    [
      "hub / bare route, both inside Medusa",
      formatNumber(ratio),
      `≥ ${MOST_RATIO}`,
      (ratio ?? 0) >= MOST_RATIO ? "met" : "MISSED",
    ],
    ["sustained, per minute", formatNumber(perMinute), `≥ ${PER_MINUTE}`, perMinute >= PER_MINUTE ? "met" : "MISSED"],
    [
      "stretch: as many as go, per second",
      formatNumber(hub.accepted_per_second),
      "≥ 1000",
      hub.accepted_per_second >= 1_000 ? "met" : "MISSED",
    ],
  ])
  const lines = report.durability.map(
    ({ what, answered, lost, is_control: isControl }) =>
      `${what}: ${lost} of ${answered} answered ids missing${isControl ? " (control: some have to be)" : ""}`
  )
  return [table, aims, `waiting at the end of the sustained load: ${sustained.waiting_at_end}`, ...lines].join("\n\n")
}

export const ratioOf = (hub: IntakeFigures, bare: IntakeFigures): number | null =>
  timesOf(hub.accepted_per_second, bare.accepted_per_second)
