import { ArrowPath, ArrowUpTray, ExclamationCircle, Pause, PlaySolid, ShoppingBag } from "@medusajs/icons"
import { Button, Container, Heading, Text } from "@medusajs/ui"
import { useState } from "react"
import type { HubActivity } from "../../../types"
import { useActivity } from "../../hooks/use-activity"
import { ISSUES_PATH, listingsPath, runPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import type { Texts } from "../../texts/texts"
import { EmptyState } from "../empty-state"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"

const ICONS = {
  sent: ArrowUpTray,
  run: ArrowPath,
  order: ShoppingBag,
  held: Pause,
  issue: ExclamationCircle,
} as const satisfies Record<HubActivity["kind"], unknown>

/** Codes that are newer than this page are shown as they are. */
const wordOf = (words: Readonly<Record<string, string>>, code: string | null): string =>
  code === null ? "" : (words[code] ?? code)

interface Told {
  readonly text: string
  readonly to: string | null
}

function tell(entry: HubActivity, texts: Texts): Told {
  switch (entry.kind) {
    case "run": {
      const text = `${wordOf(texts.runs.kind, entry.subject)}: ${wordOf(texts.runs.state, entry.detail)}`
      return { text, to: entry.run_id === null ? null : runPath(entry.run_id) }
    }
    case "issue":
      return { text: texts.attention.title(entry.subject ?? ""), to: ISSUES_PATH }
    case "held":
      return {
        text: texts.activity.held(entry.count),
        to: listingsPath({ channel: entry.connection_id, state: "held" }),
      }
    case "order":
      return { text: texts.activity.order(entry.count, entry.subject ?? ""), to: null }
    case "sent":
      return { text: texts.activity.sent(entry.count), to: listingsPath({ channel: entry.connection_id }) }
  }
}

function Entry({ entry }: { readonly entry: HubActivity }) {
  const texts = useTexts()
  const { text, to } = tell(entry, texts)
  const Icon = ICONS[entry.kind]
  return (
    <li className="flex items-start gap-x-3 px-6 py-2">
      <Icon aria-hidden className="text-ui-fg-subtle mt-0.5 shrink-0" />
      <div className="flex min-w-0 grow flex-wrap items-baseline justify-between gap-x-3">
        <span className="txt-small min-w-0 break-words">
          {to === null ? text : <TextLink to={to}>{text}</TextLink>}{" "}
          <span className="text-ui-fg-subtle">{entry.connection_name ?? texts.activity.allChannels}</span>
        </span>
        <span className="txt-compact-xsmall text-ui-fg-subtle">
          <TimeAgo at={entry.at} />
        </span>
      </div>
    </li>
  )
}

function Entries({ isPaused }: { readonly isPaused: boolean }) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useActivity(isPaused)
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton />
    )
  }
  return data.activity.length === 0 ? (
    <EmptyState text={texts.activity.none} />
  ) : (
    <ul className="max-h-96 overflow-y-auto py-2" tabIndex={0} aria-label={texts.activity.title}>
      {data.activity.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ul>
  )
}

/** What happened lately. It moves, so it can be stopped. */
export function ActivityFeed() {
  const texts = useTexts()
  const [isPaused, setIsPaused] = useState(false)
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <Heading level="h2">{texts.activity.title}</Heading>
        <Button size="small" variant="transparent" onClick={() => setIsPaused(!isPaused)}>
          {isPaused ? <PlaySolid aria-hidden /> : <Pause aria-hidden />}
          {isPaused ? texts.activity.resume : texts.activity.pause}
        </Button>
      </div>
      {isPaused && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-2">
          {texts.activity.paused}
        </Text>
      )}
      <Entries isPaused={isPaused} />
    </Container>
  )
}
