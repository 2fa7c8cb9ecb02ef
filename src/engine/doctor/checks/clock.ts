import { query } from "../../sql"
import { defineCheck, durationOf, type Finding } from "../check"

export interface ClockFacts {
  /** This process minus the database, in milliseconds, as far as the way there and back lets us tell. */
  readonly skewMs: number
  readonly uncertaintyMs: number
}

const SKEW_MS = 5_000

export function judgeClock({ skewMs, uncertaintyMs }: ClockFacts): Finding[] {
  if (Math.abs(skewMs) - uncertaintyMs < SKEW_MS) {
    return []
  }
  return [
    {
      severity: "degraded",
      what: `The clock of this machine is ${durationOf(Math.abs(skewMs) / 1_000)} ${skewMs > 0 ? "ahead of" : "behind"} the database's.`,
      means:
        "The hub lives by the database's clock, so stock is safe. But webhooks are refused when clocks differ by five minutes, and logs mislead.",
      fix: "Turn on time synchronisation (NTP) on both machines.",
      ids: [],
      count: 1,
    },
  ]
}

export const clock = defineCheck<ClockFacts>({
  id: "clock",
  title: "This machine and the database agree on the time",
  tables: [],
  cost: "quick",
  load: async ({ sql, processNow }) => {
    const before = processNow()
    const [row] = await query<{ ms: number }>(
      sql,
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms"
    )
    const after = processNow()
    return { skewMs: (before + after) / 2 - (row?.ms ?? after), uncertaintyMs: (after - before) / 2 }
  },
  judge: judgeClock,
  note: ({ skewMs }) => `${Math.round(Math.abs(skewMs))} ms apart`,
})
