import { Text } from "@medusajs/ui"
import type { HubIssueDetail, HubIssueGroup, IssueState } from "../../../types"
import { useIssuesOf } from "../../hooks/use-issues"
import { listingsPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"

function Issue({ issue }: { readonly issue: HubIssueDetail }) {
  const texts = useTexts()
  return (
    <li className="flex flex-col gap-y-0.5 py-2">
      <div className="txt-compact-xsmall text-ui-fg-subtle flex flex-wrap gap-x-2 tabular-nums">
        {issue.external_sku !== null && (
          <TextLink
            to={listingsPath({ channel: issue.connection_id, search: issue.external_sku })}
            className="text-ui-fg-base font-medium"
          >
            {issue.external_sku}
          </TextLink>
        )}
        <TimeAgo at={issue.resolved_at ?? issue.last_seen_at} />
        {issue.occurrence_count > 1 && <span>{texts.issues.seen(issue.occurrence_count)}</span>}
        {issue.resolved_at !== null && (
          <span>{issue.closed_by === null ? texts.issues.endedBySelf : texts.issues.endedByPerson}</span>
        )}
      </div>
      <Text size="small" className="break-words">
        {issue.message}
      </Text>
    </li>
  )
}

/** The issues of one cause, the newest first. */
export function IssueList({ group, state }: { readonly group: HubIssueGroup; readonly state: IssueState }) {
  const { data, error, isFetching, refetch } = useIssuesOf(group, state)
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton count={2} />
    )
  }
  return (
    <ul className="border-ui-border-base divide-y border-s-2 ps-4">
      {data.issues.map((issue) => (
        <Issue key={issue.id} issue={issue} />
      ))}
    </ul>
  )
}
