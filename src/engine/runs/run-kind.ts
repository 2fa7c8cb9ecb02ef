import type { MedusaContainer } from "@medusajs/framework/types"
import type { RunKind } from "../../types/states"
import type { OpenConnection } from "../connections"
import type { Sql } from "../sql"
import type { RunScope } from "./request-run"

/** How far a run has come, in the words of its kind. Stored after every step, so that another worker can go on. */
export type RunProgress = Readonly<Record<string, unknown>>

export interface RunCounts {
  readonly total: number
  readonly succeeded: number
  readonly skipped: number
  readonly failed: number
}

export const NO_COUNTS: RunCounts = { total: 0, succeeded: 0, skipped: 0, failed: 0 }

export interface RunContext {
  readonly container: MedusaContainer
  readonly sql: Sql
  readonly runId: string
  /** A user or an API key; null when the hub asked for it by itself. */
  readonly requestedBy: string | null
  readonly scope: RunScope
  readonly connectionId: string | null
  readonly counts: RunCounts
  /** Null before the first step. */
  readonly progress: RunProgress | null
  /** Opens the run's connection. Throws `invalid-data` when the run has none. */
  connection(): Promise<OpenConnection>
}

export interface RunStep {
  readonly progress: RunProgress
  readonly counts: RunCounts
  /** Null when the run is done, otherwise how long to wait before the next step, in milliseconds. */
  readonly againInMs: number | null
}

/** One kind of run. A step takes seconds at most and may be done twice, because a worker may die in the middle of it. */
export interface RunKindDefinition {
  readonly kind: RunKind
  step(context: RunContext): Promise<RunStep>
}
