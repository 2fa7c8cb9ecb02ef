import { Container, Heading, Text } from "@medusajs/ui"
import type { HubIssueGroup } from "../../../types"
import { useIssueGroups } from "../../hooks/use-issues"
import { ISSUES_PATH } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"
import { SeverityBadge } from "../state-badge"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"
import { IssueRemedyButton } from "./issue-remedy-button"

/** More than a person takes up at once; the page of issues has the rest. */
const SHOWN = 5

function Cause({ group }: { readonly group: HubIssueGroup }) {
  const texts = useTexts()
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-3">
      <div className="flex min-w-0 flex-col gap-y-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <SeverityBadge severity={group.severity} />
          <Heading level="h3">{texts.attention.title(group.code)}</Heading>
        </div>
        <Text size="small" className="text-ui-fg-subtle tabular-nums">
          {group.connection_name} · {texts.issues.affects(group.issue_count, group.listing_count)} ·{" "}
          <TimeAgo at={group.last_seen_at} />
        </Text>
      </div>
      <div className="flex flex-wrap gap-2">
        <IssueRemedyButton group={group} />
      </div>
    </li>
  )
}

function Causes() {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useIssueGroups("open")
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton count={2} />
    )
  }
  return data.groups.length === 0 ? (
    <Text size="small" className="text-ui-fg-subtle px-6 py-4">
      {texts.attention.none}
    </Text>
  ) : (
    <ul className="divide-y">
      {data.groups.slice(0, SHOWN).map((group) => (
        <Cause key={`${group.connection_id}:${group.code}`} group={group} />
      ))}
    </ul>
  )
}

/** What needs a person: causes and not items, the gravest first, each with the one thing that helps. */
export function Attention() {
  const texts = useTexts()
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <Heading level="h2">{texts.page.attention}</Heading>
        <TextLink to={ISSUES_PATH} className="txt-small text-ui-fg-subtle">
          {texts.issues.all}
        </TextLink>
      </div>
      <Causes />
    </Container>
  )
}
