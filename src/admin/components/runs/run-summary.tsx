import { Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import type { HubRun } from "../../../types"
import { formatCount, formatDuration } from "../../lib/format"
import { RUNS_PATH } from "../../lib/paths"
import { tookMs } from "../../lib/run-progress"
import { useNow } from "../../hooks/use-now"
import { useTexts } from "../../texts"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"
import { RunActions } from "./run-actions"
import { RunBadge } from "./run-badge"
import { RunProgress } from "./run-progress"

const Figure = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="txt-compact-xsmall text-ui-fg-subtle">{label}</dt>
    <dd className="txt-compact-small-plus text-ui-fg-base break-words tabular-nums">{children}</dd>
  </div>
)

function useAsker({ requested_by: by, requested_by_name: name }: HubRun): string | null {
  const { runs } = useTexts()
  if (by === null) {
    return null
  }
  if (by === "cli") {
    return runs.by(runs.byCli)
  }
  return runs.by(name ?? (by.startsWith("user_") ? runs.byPerson : runs.byJob))
}

function Figures({ run }: { readonly run: HubRun }) {
  const texts = useTexts()
  const took = tookMs(run, useNow())
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-6 py-4 sm:grid-cols-4">
      <Figure label={texts.runs.total}>{formatCount(run.total_count)}</Figure>
      <Figure label={texts.runs.succeeded}>{formatCount(run.succeeded_count)}</Figure>
      <Figure label={texts.runs.skipped}>{formatCount(run.skipped_count)}</Figure>
      <Figure label={texts.runs.failed}>{formatCount(run.failed_count)}</Figure>
      <Figure label={texts.runs.column.asked}>
        <TimeAgo at={run.created_at} />
      </Figure>
      <Figure label={texts.runs.started}>{run.started_at === null ? "–" : <TimeAgo at={run.started_at} />}</Figure>
      <Figure label={texts.runs.finished}>{run.finished_at === null ? "–" : <TimeAgo at={run.finished_at} />}</Figure>
      <Figure label={texts.runs.column.took}>{took === null ? "–" : formatDuration(took)}</Figure>
    </dl>
  )
}

/** What a run is, how far it is, and what can be done with it. */
export function RunSummary({ run }: { readonly run: HubRun }) {
  const texts = useTexts()
  const asker = useAsker(run)
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <TextLink to={RUNS_PATH} className="txt-small text-ui-fg-subtle w-fit">
          {texts.runs.back}
        </TextLink>
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="flex min-w-0 flex-col gap-y-1">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Heading level="h1">{texts.runs.kind[run.kind]}</Heading>
              <RunBadge state={run.state} />
            </div>
            <Text size="small" className="text-ui-fg-subtle break-words">
              {[run.connection_name ?? texts.runs.allChannels, asker].filter((part) => part !== null).join(" · ")}
            </Text>
            <Text size="xsmall" family="mono" className="text-ui-fg-subtle break-all">
              {run.id}
            </Text>
          </div>
          <RunActions run={run} />
        </div>
        <RunProgress run={run} />
        {run.error !== null && (
          <div role="alert" className="flex flex-col gap-y-1">
            <Text size="small" weight="plus">
              {texts.runs.error}
            </Text>
            <Text size="small" className="max-w-prose break-words">
              {run.error}
            </Text>
          </div>
        )}
      </div>
      <Figures run={run} />
    </Container>
  )
}
