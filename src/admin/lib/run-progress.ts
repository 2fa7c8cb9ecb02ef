import type { HubRun } from "../../types"

export const isOpen = ({ state }: HubRun): boolean => state === "queued" || state === "running"

export const doneCount = ({
  succeeded_count: succeeded,
  skipped_count: skipped,
  failed_count: failed,
}: HubRun): number => succeeded + skipped + failed

/** Less than this says nothing about the rest. */
const LEAST_SECONDS = 3

/** Seconds that a running run still takes if it goes on as so far; null when nothing can be said. */
export function secondsLeft(run: HubRun, now: number): number | null {
  const done = doneCount(run)
  const seconds = run.started_at === null ? 0 : (now - Date.parse(run.started_at)) / 1_000
  if (run.state !== "running" || done === 0 || run.total_count <= done || !(seconds >= LEAST_SECONDS)) {
    return null
  }
  return Math.ceil((seconds / done) * (run.total_count - done))
}

/** How long it took, or takes so far, in milliseconds; null before it began. */
export function tookMs({ started_at: started, finished_at: finished }: HubRun, now: number): number | null {
  const took = started === null ? null : (finished === null ? now : Date.parse(finished)) - Date.parse(started)
  return took === null || Number.isNaN(took) ? null : Math.max(0, took)
}
