import { Button } from "@medusajs/ui"
import { Link, useNavigate } from "react-router-dom"
import type { HubIssueChangeResponse, HubIssueGroup, HubRunResponse } from "../../../types"
import { useAccess } from "../../hooks/use-access"
import { useAction } from "../../hooks/use-action"
import { remedyOf } from "../../lib/issue-remedy"
import { connectionPath, heldOrdersPath, listingsPath, runPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ActionButton } from "../action-button"
import { Confirm } from "../confirm"

interface OfGroup {
  readonly group: HubIssueGroup
}

const LinkButton = ({ to, text }: { readonly to: string; readonly text: string }) => (
  <Button size="small" variant="secondary" asChild>
    <Link to={to}>{text}</Link>
  </Button>
)

function Release({ group }: OfGroup) {
  const texts = useTexts()
  const { may } = useAccess()
  const { mutate, isPending } = useAction<{ released: number }>(({ released }) => texts.issues.released(released))
  const button = (
    <ActionButton action="operate" isLoading={isPending}>
      {texts.issues.do.release}
    </ActionButton>
  )
  return (
    <>
      <LinkButton
        to={listingsPath({ channel: group.connection_id, state: "held" })}
        text={texts.issues.do["show-listings"]}
      />
      {may("operate") ? (
        <Confirm
          title={texts.issues.releaseAsk(group.connection_name)}
          text={texts.issues.releaseText}
          confirm={texts.issues.do.release}
          cancel={texts.issues.releaseKeep}
          onConfirm={() => mutate({ path: `connections/${group.connection_id}/release` })}
        >
          {button}
        </Confirm>
      ) : (
        button
      )}
    </>
  )
}

function PushAgain({ group }: OfGroup) {
  const texts = useTexts()
  const navigate = useNavigate()
  const { mutate, isPending } = useAction<HubRunResponse>((answer) => {
    void navigate(runPath(answer.run.id))
    return texts.issues.pushed
  })
  return (
    <ActionButton
      action="operate"
      isLoading={isPending}
      onClick={() => mutate({ path: "runs", body: { kind: "sync-all", connection_id: group.connection_id } })}
    >
      {texts.issues.do.retry}
    </ActionButton>
  )
}

function Resolve({ group }: OfGroup) {
  const texts = useTexts()
  const { mutate, isPending } = useAction<HubIssueChangeResponse>(({ changed }) => texts.issues.resolved(changed))
  return (
    <ActionButton
      action="operate"
      isLoading={isPending}
      onClick={() => mutate({ path: "issues/resolve", body: { connection_id: group.connection_id, code: group.code } })}
    >
      {texts.issues.do.resolve}
    </ActionButton>
  )
}

/** The one thing that helps against a cause: it leads there, or does it. */
export function IssueRemedyButton({ group }: OfGroup) {
  const texts = useTexts()
  const remedy = remedyOf(group.code)
  const channel = group.connection_id
  switch (remedy) {
    case "release":
      return <Release group={group} />
    case "retry":
      return <PushAgain group={group} />
    case "resolve":
      return <Resolve group={group} />
    case "reauthorise":
      return <LinkButton to={`${connectionPath(channel)}?tab=credentials`} text={texts.issues.do[remedy]} />
    case "show-connection":
      return <LinkButton to={connectionPath(channel)} text={texts.issues.do[remedy]} />
    case "show-unlinked":
      return <LinkButton to={listingsPath({ channel, state: "unlinked" })} text={texts.issues.do[remedy]} />
    case "show-held-orders":
      return <LinkButton to={heldOrdersPath(channel)} text={texts.issues.do[remedy]} />
    case "show-listings":
      return <LinkButton to={listingsPath({ channel, state: "failed" })} text={texts.issues.do[remedy]} />
  }
}
