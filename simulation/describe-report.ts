import { INVARIANTS } from "./invariants"
import type { FoundBreak, Report } from "./simulate"

/** A break in words, with the command that shows it again and what happened before it. */
export const describeBreak = ({ seed, steps, invariantId, words, problem, events }: FoundBreak): string =>
  [
    `BREAK  ${invariantId}: ${words}`,
    `       ${problem}`,
    `       replay: npm run simulate -- --seed ${seed} --steps ${steps}`,
    ...events.map((event) => `       ${event}`),
  ].join("\n")

/** How often each invariant was asked. One that was never asked proves nothing. */
export const describeChecks = ({ checks }: Report): string[] =>
  INVARIANTS.map(({ id }) => `${String(checks.get(id) ?? 0).padStart(10)} × ${id}`)

export const describeReport = (report: Report, seconds: number): string =>
  `${report.steps} steps in ${report.worlds} worlds (${report.virtualHours.toFixed(1)} virtual hours, ${report.orders} orders, ` +
  `${report.writes} writes in ${report.calls} calls), ${report.events} events, ${report.breaks.length} breaks, ` +
  `${Math.round(report.steps / seconds)} steps/s, digest ${report.digest}`
