import { Container, Heading, Text } from "@medusajs/ui"
import type { HubConnectionSummary, HubIssue } from "../../types"
import { groupIssues, type IssueGroup } from "../lib/group-issues"
import { useTexts } from "../texts"
import { ListingsLink } from "./listings-link"
import { SeverityBadge } from "./state-badge"
import { TimeAgo } from "./time-ago"

function OlderMessages({ issues }: { readonly issues: readonly HubIssue[] }) {
  const texts = useTexts()
  return (
    <details className="txt-small text-ui-fg-subtle">
      <summary className="focus-visible:shadow-borders-focus w-fit cursor-pointer rounded-md outline-none">
        {texts.attention.older(issues.length)}
      </summary>
      <ul className="flex flex-col gap-y-1 py-2 ps-4">
        {issues.map((issue) => (
          <li key={issue.id} className="break-words">
            {issue.message} <TimeAgo at={issue.last_seen_at} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function AttentionItem({ group }: { readonly group: IssueGroup }) {
  const texts = useTexts()
  const [newest, ...older] = group.messages
  return (
    <li className="flex flex-col gap-y-2 px-6 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <SeverityBadge severity={group.severity} />
        <Heading level="h3">{texts.attention.title(group.code)}</Heading>
        <Text size="small" className="text-ui-fg-subtle tabular-nums">
          {texts.attention.count(group.messages.length)} ·{" "}
          {group.occurrenceCount > group.messages.length && `${texts.attention.seen(group.occurrenceCount)} · `}
          <TimeAgo at={newest.last_seen_at} />
        </Text>
      </div>
      <Text size="small" className="max-w-prose break-words">
        {newest.message}
      </Text>
      {older.length > 0 && <OlderMessages issues={older} />}
      <ListingsLink filters={{ channel: group.connectionId }} className="txt-small text-ui-fg-subtle w-fit">
        {texts.attention.showListings(group.connectionName)}
      </ListingsLink>
    </li>
  )
}

interface AttentionListProps {
  readonly issues: readonly HubIssue[]
  readonly connections: readonly HubConnectionSummary[]
}

/** Open issues, one entry per cause and channel: what to do, not how often it happened. */
export function AttentionList({ issues, connections }: AttentionListProps) {
  const texts = useTexts()
  const openCount = connections.reduce((sum, connection) => sum + connection.open_issue_count, 0)
  return (
    <Container className="divide-y p-0">
      <Heading level="h2" className="px-6 py-4">
        {texts.page.attention}
      </Heading>
      {issues.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {texts.attention.none}
        </Text>
      ) : (
        <ul className="divide-y">
          {groupIssues(issues).map((group) => (
            <AttentionItem key={group.key} group={group} />
          ))}
        </ul>
      )}
      {openCount > issues.length && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-3 tabular-nums">
          {texts.attention.more(issues.length, openCount)}
        </Text>
      )}
    </Container>
  )
}
