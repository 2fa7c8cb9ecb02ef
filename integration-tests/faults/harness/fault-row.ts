import type { FaultContext } from "./fault-context"

/** What a row waits for: work of others that it needs before it can hold. Empty the moment that is there. */
export interface FaultRow {
  /** Number in the fault plan, for example 14; letters for what goes beyond it. */
  readonly row: string
  readonly title: string
  /** Whether it is part of `npm test`: fast, and without restarts of the database. */
  readonly inNpmTest: boolean
  /** Real Medusa processes are slow to boot, so rows that need one run one after the other at the end. */
  readonly needsShop: boolean
  /** It does something to the whole database server, so nothing else may run at the same time. */
  readonly isAlone?: boolean
  readonly waitsFor?: string
  /** Why it cannot run on this machine, or null. */
  readonly cannotRun?: (context: FaultContext) => Promise<string | null>
  /** The fault, and that every promise holds all the same. Returns what was measured, in a few words. */
  run(context: FaultContext): Promise<string>
  /** The same with one protection taken away: it has to end in a `PromiseBroken`. */
  control(context: FaultContext): Promise<unknown>
}
