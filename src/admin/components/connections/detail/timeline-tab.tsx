import { ArrowPath, CogSixTooth, ExclamationCircle, Key, Levels } from "@medusajs/icons"
import { Badge, Button, Container, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { Loading } from "../../loading"
import type { HubTimelineEntry } from "../../../../types"
import { useTimeline } from "../../../hooks/use-connections"
import { useTexts } from "../../../texts"
import type { Texts } from "../../../texts/texts"
import { ErrorState } from "../../error-state"
import { SeverityBadge } from "../../state-badge"
import { TimeAgo } from "../../time-ago"

type ChangeEntry = Extract<HubTimelineEntry, { type: "change" }>

/** A value as a person reads it: texts as they are, everything else as it is stored. */
const say = (value: unknown, nothing: string): string =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0)
    ? nothing
    : Array.isArray(value)
      ? value.map((each) => say(each, nothing)).join(", ")
      : typeof value === "string"
        ? value
        : typeof value === "number" || typeof value === "boolean"
          ? String(value)
          : JSON.stringify(value)

function Change({ entry }: { readonly entry: ChangeEntry }) {
  const texts = useTexts()
  const { detail } = texts.connections
  const inWords = (field: string, value: unknown): string => {
    const state = Object.entries(texts.channel.state).find(([name]) => field === "state" && name === value)
    return state ? state[1] : say(value, detail.nothing)
  }
  return (
    <>
      <Text size="small" weight="plus">
        {detail.change[entry.kind]}
      </Text>
      <ul className="txt-small text-ui-fg-subtle">
        {entry.changes.map(({ field, from, to }) => (
          <li key={field} className="break-words">
            {detail.field(field)}
            {from === null && to === null ? "" : `: ${detail.fromTo(inWords(field, from), inWords(field, to))}`}
          </li>
        ))}
      </ul>
      {entry.reason !== null && (
        <Text size="small" className="text-ui-fg-subtle break-words">
          {entry.reason}
        </Text>
      )}
    </>
  )
}

const RUN_COLORS = {
  queued: "grey",
  running: "blue",
  succeeded: "green",
  "succeeded-with-problems": "orange",
  failed: "red",
  cancelled: "grey",
} as const

function Entry({ entry }: { readonly entry: HubTimelineEntry }) {
  const { detail } = useTexts().connections
  switch (entry.type) {
    case "change":
      return <Change entry={entry} />
    case "run":
      return (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <Text size="small" weight="plus">
              <Link
                to={`/hub/runs?run=${entry.id}`}
                className="hover:text-ui-fg-interactive focus-visible:shadow-borders-focus rounded-md outline-none"
              >
                {detail.run(entry.kind)}
              </Link>
            </Text>
            <Badge size="2xsmall" color={RUN_COLORS[entry.state]}>
              {detail.runState[entry.state]}
            </Badge>
          </div>
          <Text size="small" className="text-ui-fg-subtle break-words">
            {[detail.runCounts(entry.total_count, entry.failed_count), entry.error].filter(Boolean).join(" · ")}
          </Text>
        </>
      )
    case "issue":
      return (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <Text size="small" weight="plus">
              {detail.issue(entry.code)}
            </Text>
            <SeverityBadge severity={entry.severity} />
            <Badge size="2xsmall" color={entry.resolved_at === null ? "orange" : "green"}>
              {entry.resolved_at === null ? detail.open : detail.resolved}
            </Badge>
          </div>
          <Text size="small" className="text-ui-fg-subtle break-words">
            {entry.message}
          </Text>
        </>
      )
  }
}

function iconOf(entry: HubTimelineEntry) {
  if (entry.type === "issue") {
    return ExclamationCircle
  }
  if (entry.type === "run") {
    return ArrowPath
  }
  return entry.kind === "credentials" ? Key : entry.kind === "settings" ? CogSixTooth : Levels
}

function whoOf(entry: HubTimelineEntry, { connections, runs }: Texts): string {
  if (entry.type === "issue" || entry.requested_by === null) {
    return connections.detail.byHub
  }
  return entry.requested_by_name ?? (entry.requested_by === "cli" ? runs.byCli : runs.byJob)
}

/** Runs, changes and what needed a person, in one feed. */
export function TimelineTab({ connectionId }: { readonly connectionId: string }) {
  const texts = useTexts()
  const { detail } = texts.connections
  const { data, error, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useTimeline(connectionId)
  if (!data) {
    return (
      <Container className="p-0">
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
        ) : (
          <Loading className="m-6 h-40" />
        )}
      </Container>
    )
  }
  const entries = data.pages.flatMap((page) => page.entries)
  return (
    <Container className="divide-y p-0">
      {entries.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-8 text-center">
          {detail.timelineEmpty}
        </Text>
      )}
      <ol className="divide-y">
        {entries.map((entry) => {
          const Icon = iconOf(entry)
          return (
            <li key={entry.id} className="flex items-start gap-x-3 px-6 py-3">
              <Icon aria-hidden className="text-ui-fg-subtle mt-0.5 shrink-0" />
              <div className="min-w-0 flex-1">
                <Entry entry={entry} />
              </div>
              <div className="txt-compact-xsmall text-ui-fg-subtle max-w-32 shrink-0 text-end">
                <TimeAgo at={entry.at} />
                <div className="break-words">{detail.by(whoOf(entry, texts))}</div>
              </div>
            </li>
          )
        })}
      </ol>
      {hasNextPage && (
        <div className="flex justify-center px-6 py-3">
          <Button size="small" variant="secondary" isLoading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {detail.loadMore}
          </Button>
        </div>
      )}
    </Container>
  )
}
