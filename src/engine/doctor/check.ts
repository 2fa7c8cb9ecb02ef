import type { KeyRing } from "../../modules/integration-config/core/envelope"
import type { HubFinding } from "../../types/http/hub"
import type { Sql } from "../sql"

/**
 * One thing that is wrong, in the words that a shop owner reads.
 *
 * `degraded`: something is late, unsafe or hidden. `down`: numbers do not reach channels, or nobody can tell.
 */
export type Finding = HubFinding

export const SHOWN_IDS = 10

export interface DoctorContext {
  /** May be a transaction that only reads. */
  readonly sql: Sql
  /** The key ring that the caller has; null when it has none. */
  readonly ring: KeyRing | null
  /** Whether the shop wants the capture trigger; null when the caller cannot know. */
  readonly wantsCapture: boolean | null
  /** The clock of this process in milliseconds: compared with the database's, and used for nothing else. */
  readonly processNow: () => number
}

/** Puts something right. Only ever run when a person asked for it. */
export interface Repair<Facts> {
  /** What it would do, with how many; null when there is nothing to do. */
  readonly describe: (facts: Facts) => string | null
  /** @returns what it did */
  readonly run: (sql: Sql, facts: Facts) => Promise<string>
}

export interface CheckDefinition<Facts> {
  /** Kebab-case, never changes: scripts name checks by it. */
  readonly id: string
  /** What holds when all is well. */
  readonly title: string
  /** Tables without which it cannot be asked; the check of the schema reports them. */
  readonly tables: readonly string[]
  /** `deep` reads whole tables: left out of the health answer, which is asked every few seconds. */
  readonly cost: "quick" | "deep"
  readonly load: (context: DoctorContext) => Promise<Facts>
  /** Pure: the verdict on what was loaded. */
  readonly judge: (facts: Facts) => readonly Finding[]
  /** A figure worth knowing also when all is well. */
  readonly note?: (facts: Facts) => string
  readonly repair?: Repair<Facts>
}

export interface ExaminedCheck {
  readonly findings: readonly Finding[]
  readonly note: string | null
  /** What the repair would do; null when there is none. */
  readonly repair: string | null
}

/** A check without the type of its facts, so that all of them fit into one list. */
export interface DoctorCheck {
  readonly id: string
  readonly title: string
  readonly tables: readonly string[]
  readonly cost: "quick" | "deep"
  readonly examine: (context: DoctorContext) => Promise<ExaminedCheck>
  /** Looks again, and repairs what is still wrong. Null when there is nothing to repair. */
  readonly repair: (context: DoctorContext) => Promise<string | null>
}

/** Turns a definition into a check. */
export function defineCheck<Facts>(definition: CheckDefinition<Facts>): DoctorCheck {
  const { id, title, tables, cost, load, judge, note, repair } = definition
  return {
    id,
    title,
    tables,
    cost,
    examine: async (context) => {
      const facts = await load(context)
      const findings = judge(facts)
      return {
        findings,
        note: note?.(facts) ?? null,
        repair: findings.length > 0 ? (repair?.describe(facts) ?? null) : null,
      }
    },
    repair: async (context) => {
      if (!repair) {
        return null
      }
      const facts = await load(context)
      return judge(facts).length > 0 && repair.describe(facts) !== null ? repair.run(context.sql, facts) : null
    },
  }
}

/** Rows that name one thing each, as a query with `count(*) OVER ()` gives them. */
export interface CountedId {
  readonly id: string
  readonly total: number
}

/** The ids and the count of a finding. */
export const countedIds = (rows: readonly CountedId[]): Pick<Finding, "ids" | "count"> => ({
  ids: rows.slice(0, SHOWN_IDS).map(({ id }) => id),
  count: rows[0]?.total ?? 0,
})

/** `1 listing`, `2 listings`. */
export const countOf = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`

/** `45 s`, `12 min`, `3.5 h`, `2.1 days`. */
export function durationOf(seconds: number): string {
  if (seconds < 120) {
    return `${Math.round(seconds)} s`
  }
  if (seconds < 7_200) {
    return `${Math.round(seconds / 60)} min`
  }
  return seconds < 172_800 ? `${(seconds / 3_600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} days`
}
