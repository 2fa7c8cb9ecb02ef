import type { HubRun, HubRunResponse } from "../../../types"
import { useNavigate } from "react-router-dom"
import { useAction } from "../../hooks/use-action"
import { runPath } from "../../lib/paths"
import { isOpen } from "../../lib/run-progress"
import { useTexts } from "../../texts"
import { ActionButton } from "../action-button"
import { useAccess } from "../../hooks/use-access"
import { Confirm } from "../confirm"

function CancelRun({ run }: { readonly run: HubRun }) {
  const texts = useTexts()
  const { may } = useAccess()
  const { mutate, isPending } = useAction<HubRunResponse>(() => texts.runs.cancelled)
  const button = (
    <ActionButton action="operate" isLoading={isPending} disabled={run.cancel_requested_at !== null}>
      {texts.runs.cancel}
    </ActionButton>
  )
  return may("operate") ? (
    <Confirm
      title={texts.runs.cancelAsk}
      text={texts.runs.cancelText}
      confirm={texts.runs.cancel}
      cancel={texts.runs.keep}
      onConfirm={() => mutate({ path: `runs/${run.id}/cancel` })}
    >
      {button}
    </Confirm>
  ) : (
    button
  )
}

function RetryRun({ run }: { readonly run: HubRun }) {
  const texts = useTexts()
  const navigate = useNavigate()
  const { mutate, isPending } = useAction<HubRunResponse>((answer) => {
    void navigate(runPath(answer.run.id))
    return texts.runs.retried
  })
  return (
    <ActionButton action="operate" isLoading={isPending} onClick={() => mutate({ path: `runs/${run.id}/retry` })}>
      {texts.runs.retry}
    </ActionButton>
  )
}

/** What can be done with a run: stop it while it goes on, try again what failed once it has ended. */
export function RunActions({ run }: { readonly run: HubRun }) {
  if (isOpen(run)) {
    return <CancelRun run={run} />
  }
  return run.failed_count > 0 && run.connection_id !== null ? <RetryRun run={run} /> : null
}
