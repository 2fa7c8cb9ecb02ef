import { Button, Heading, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import type { HubIssueChangeResponse, HubIssueGroup, IssueState } from "../../../types"
import { useAction } from "../../hooks/use-action"
import { useTexts } from "../../texts"
import { ActionButton } from "../action-button"
import { SeverityBadge } from "../state-badge"
import { TimeAgo } from "../time-ago"
import { IssueList } from "./issue-list"
import { IssueRemedyButton } from "./issue-remedy-button"

interface GroupProps {
  readonly group: HubIssueGroup
  readonly state: IssueState
}

function DismissOrReopen({ group, state }: GroupProps) {
  const texts = useTexts()
  const isOpen = state === "open"
  const { mutate, isPending } = useAction<HubIssueChangeResponse>(({ changed }) =>
    isOpen ? texts.issues.dismissed(changed) : texts.issues.reopened(changed)
  )
  const body = { connection_id: group.connection_id, code: group.code }
  return (
    <ActionButton
      action="operate"
      variant="transparent"
      isLoading={isPending}
      onClick={() => mutate({ path: isOpen ? "issues/dismiss" : "issues/reopen", body })}
    >
      {isOpen ? texts.issues.dismiss : texts.issues.reopen}
    </ActionButton>
  )
}

function Facts({ group }: { readonly group: HubIssueGroup }) {
  const texts = useTexts()
  return (
    <Text size="small" className="text-ui-fg-subtle tabular-nums">
      {group.connection_name} · {texts.issues.affects(group.issue_count, group.listing_count)} · {texts.issues.since}{" "}
      <TimeAgo at={group.first_seen_at} isAge /> · {texts.issues.last} <TimeAgo at={group.last_seen_at} />
    </Text>
  )
}

/** One cause at one channel: what it is, what to do, the words of the machine, and its issues on demand. */
export function IssueGroupRow({ group, state }: GroupProps) {
  const texts = useTexts()
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const advice = texts.issues.advice[group.code]
  return (
    <li className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-col gap-y-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <SeverityBadge severity={group.severity} />
          <Heading level="h2">{texts.attention.title(group.code)}</Heading>
        </div>
        <Facts group={group} />
      </div>
      {advice !== undefined && state !== "resolved" && (
        <Text size="small" className="max-w-prose text-pretty">
          {advice}
        </Text>
      )}
      <Text size="xsmall" family="mono" className="text-ui-fg-subtle max-w-prose break-words">
        {group.message}
      </Text>
      <div className="flex flex-wrap items-center gap-2">
        {state !== "resolved" && <IssueRemedyButton group={group} />}
        <Button
          size="small"
          variant="transparent"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? texts.issues.hide : texts.issues.show(group.issue_count)}
        </Button>
        {state !== "resolved" && <DismissOrReopen group={group} state={state} />}
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && <IssueList group={group} state={state} />}
      </div>
    </li>
  )
}
