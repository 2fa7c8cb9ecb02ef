import type { FaultStage } from "./fault-context"
import type { FaultRow } from "./fault-row"
import { runRow, type RowResult } from "./run-row"

export interface RowReport {
  readonly row: FaultRow
  readonly result: RowResult
  readonly seconds: number
}

export interface RunRowsOptions {
  readonly seed: number
  /** Light rows that run side by side. They wait most of the time. */
  readonly jobs: number
  readonly log?: (line: string) => void
  readonly onReport: (report: RowReport) => void
}

/** Runs rows: light ones side by side, then one by one those that want the server or a whole Medusa for themselves. */
export async function runRows(
  stage: FaultStage,
  rows: readonly FaultRow[],
  { seed, jobs, log, onReport }: RunRowsOptions
): Promise<Record<RowResult["kind"], number>> {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const isAlone = (row: FaultRow): boolean => row.isAlone === true || row.needsShop
  const work = async (queue: FaultRow[]): Promise<void> => {
    for (let row = queue.shift(); row; row = queue.shift()) {
      const begun = performance.now()
      const result = await runRow(row, stage.contextFor(row.row, seed, log))
      counts[result.kind] += 1
      onReport({ row, result, seconds: (performance.now() - begun) / 1_000 })
    }
  }
  const light = rows.filter((row) => !isAlone(row))
  await Promise.all(Array.from({ length: jobs }, () => work(light)))
  // Before there is a Medusa, whose sessions would be in the way of those who want the server for themselves.
  await work(rows.filter((row) => isAlone(row) && !row.needsShop))
  await work(rows.filter((row) => row.needsShop))
  return counts
}
