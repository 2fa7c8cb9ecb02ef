import { Text } from "@medusajs/ui"
import type { HubRun } from "../../../types"
import { useNow } from "../../hooks/use-now"
import { formatAge } from "../../lib/format"
import { doneCount, isOpen, secondsLeft } from "../../lib/run-progress"
import { useTexts } from "../../texts"

function useWords(run: HubRun): string {
  const texts = useTexts()
  const now = useNow()
  if (run.cancel_requested_at !== null && isOpen(run)) {
    return texts.runs.stopping
  }
  if (run.total_count === 0) {
    return isOpen(run) ? texts.runs.starting : texts.runs.nothing
  }
  if (!isOpen(run)) {
    return texts.runs.tally(run.succeeded_count, run.skipped_count, run.failed_count)
  }
  const left = secondsLeft(run, now)
  const progress = texts.runs.progress(doneCount(run), run.total_count)
  return left === null ? progress : `${progress} · ${texts.runs.eta(formatAge(left))}`
}

/** How far a run is, as a bar and in words; what came of it once it has ended. */
export function RunProgress({ run }: { readonly run: HubRun }) {
  const texts = useTexts()
  const words = useWords(run)
  const share = run.total_count === 0 ? 0 : Math.min(1, doneCount(run) / run.total_count)
  return (
    <div className="flex min-w-0 flex-col gap-y-1">
      {isOpen(run) && run.total_count > 0 && (
        <div
          role="progressbar"
          aria-label={texts.runs.kind[run.kind]}
          aria-valuemin={0}
          aria-valuemax={run.total_count}
          aria-valuenow={doneCount(run)}
          aria-valuetext={words}
          className="bg-ui-bg-component h-1.5 w-full min-w-24 overflow-hidden rounded-full"
        >
          <div
            className="bg-ui-tag-blue-icon h-full rounded-full transition-[width]"
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
      <Text size="xsmall" leading="compact" className="text-ui-fg-subtle tabular-nums">
        {words}
      </Text>
    </div>
  )
}
