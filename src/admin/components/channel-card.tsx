import { Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import type { HubConnectionSummary, HubListingRowState } from "../../types"
import { formatAge, formatCount, formatDuration } from "../lib/format"
import { ISSUES_PATH } from "../lib/paths"
import { useTexts } from "../texts"
import type { Texts } from "../texts/texts"
import { ListingsLink } from "./listings-link"
import { ConnectionBadge } from "./state-badge"
import { TextLink } from "./text-link"

interface FigureProps {
  readonly label: string
  readonly hint?: string
  readonly children: ReactNode
}

const Figure = ({ label, hint, children }: FigureProps) => (
  <div className="min-w-0" title={hint}>
    <dt className="txt-compact-xsmall text-ui-fg-subtle">{label}</dt>
    <dd className="txt-compact-small-plus text-ui-fg-base tabular-nums">{children}</dd>
  </div>
)

interface ListingCountProps {
  readonly connection: HubConnectionSummary
  readonly label: string
  readonly state: HubListingRowState
  readonly count: string
}

/** A number of listings leads to those listings. */
function ListingCount({ connection, label, state, count }: ListingCountProps) {
  const texts = useTexts()
  return (
    <Figure label={label}>
      <ListingsLink
        filters={{ channel: connection.id, state }}
        label={texts.channel.show(count, label, connection.name)}
      >
        {count}
      </ListingsLink>
    </Figure>
  )
}

function latencyOf({ latency_p50_ms: p50, latency_p95_ms: p95 }: HubConnectionSummary, texts: Texts): string {
  return p50 === null || p95 === null
    ? texts.channel.noLatency
    : texts.channel.latency(formatDuration(p50), formatDuration(p95))
}

function Figures({ connection }: { readonly connection: HubConnectionSummary }) {
  const texts = useTexts()
  const { channel } = texts
  const age = connection.oldest_pending_seconds
  const inSync = `${formatCount(connection.in_sync_count)}/${formatCount(connection.listing_count)}`
  const count = formatCount
  return (
    <dl className="grid grid-cols-3 gap-x-4 gap-y-3 px-6 py-4">
      <ListingCount connection={connection} label={channel.inSync} state="in-sync" count={inSync} />
      <ListingCount
        connection={connection}
        label={channel.pending}
        state="pending"
        count={count(connection.pending_count)}
      />
      <Figure label={channel.oldestPending}>{age === null ? channel.none : formatAge(age)}</Figure>
      <ListingCount
        connection={connection}
        label={channel.failed}
        state="failed"
        count={count(connection.failed_count)}
      />
      <ListingCount
        connection={connection}
        label={channel.skipped}
        state="skipped"
        count={count(connection.skipped_count)}
      />
      <ListingCount
        connection={connection}
        label={channel.unlinked}
        state="unlinked"
        count={count(connection.unlinked_count)}
      />
      <Figure label={channel.orders}>{count(connection.order_count)}</Figure>
      <Figure label={channel.waitingMessages} hint={channel.waitingMessagesHint}>
        {count(connection.waiting_message_count)}
      </Figure>
      <Figure label={channel.openIssues}>
        <TextLink to={ISSUES_PATH} label={`${count(connection.open_issue_count)} ${channel.openIssues}`}>
          {count(connection.open_issue_count)}
        </TextLink>
      </Figure>
    </dl>
  )
}

export function ChannelCard({ connection }: { readonly connection: HubConnectionSummary }) {
  const texts = useTexts()
  return (
    <Container className="flex flex-col divide-y p-0">
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <div className="flex items-start justify-between gap-x-4">
          <div className="min-w-0">
            <Heading level="h3" className="break-words">
              {connection.name}
            </Heading>
            <Text size="xsmall" className="text-ui-fg-subtle">
              {connection.connector_id}
            </Text>
          </div>
          <ConnectionBadge state={connection.state} />
        </div>
        {connection.state_reason !== null && (
          <Text size="small" className="text-ui-fg-subtle break-words">
            {connection.state_reason}
          </Text>
        )}
      </div>
      <Figures connection={connection} />
      <div className="txt-small text-ui-fg-subtle mt-auto flex flex-col px-6 py-3 tabular-nums">
        <span>{texts.channel.writes(connection.change_count, connection.write_count)}</span>
        <span title={texts.channel.latencyHint}>{latencyOf(connection, texts)}</span>
      </div>
    </Container>
  )
}
