import { Prompt, Text } from "@medusajs/ui"
import { useMutation } from "@tanstack/react-query"
import { useState } from "react"
import { useNavigate } from "react-router-dom"
import type { HubReplayEstimate, HubReplayResponse } from "../../../types"
import { useAction } from "../../hooks/use-action"
import { runPath } from "../../lib/paths"
import { sdk } from "../../lib/sdk"
import { useTexts } from "../../texts"
import { ActionButton } from "../action-button"
import { FailureNote } from "../connections/failure-note"

/** Which messages: these, or all that a filter shows. */
export type ReplayedMessages =
  { readonly ids: readonly string[] } | { readonly filter: Readonly<Record<string, string>> }

interface ReplayButtonProps {
  /** Asked when the button is pressed: "within the last hour" means then. */
  readonly messages: () => ReplayedMessages
  readonly text: string
}

function Estimate({ estimate }: { readonly estimate: HubReplayEstimate }) {
  const { inbound } = useTexts()
  if (estimate.messages === 0) {
    return <>{inbound.replayNothing}</>
  }
  return estimate.unchanged === estimate.messages ? (
    <>{inbound.replayAllKnown(estimate)}</>
  ) : (
    <>
      {inbound.replayTakes(estimate)}
      {estimate.unchanged > 0 && ` ${inbound.replayUnchanged(estimate.unchanged)}`}
    </>
  )
}

interface AskProps {
  readonly estimate: HubReplayEstimate
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Says what a replay would do before it is begun. */
function Ask({ estimate, onConfirm, onClose }: AskProps) {
  const { inbound } = useTexts()
  return (
    <Prompt open variant="confirmation" onOpenChange={(open) => (open ? undefined : onClose())}>
      <Prompt.Content>
        <Prompt.Header>
          <Prompt.Title>{inbound.replayAsk(estimate)}</Prompt.Title>
          <Prompt.Description>
            <Estimate estimate={estimate} />
          </Prompt.Description>
        </Prompt.Header>
        <Prompt.Footer>
          <Prompt.Cancel>{inbound.replayKeep}</Prompt.Cancel>
          {estimate.messages > 0 && <Prompt.Action onClick={onConfirm}>{inbound.replayStart}</Prompt.Action>}
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  )
}

/** Works on messages once more, as a run, after it has said what that would do. */
export function ReplayButton({ messages, text }: ReplayButtonProps) {
  const { inbound } = useTexts()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<{ estimate: HubReplayEstimate; body: ReplayedMessages } | null>(null)
  const estimate = useMutation({
    mutationFn: async (body: ReplayedMessages) => {
      const answer = await sdk.client.fetch<HubReplayResponse>("/admin/hub/inbound/replay", {
        method: "POST",
        body: { ...body, dry_run: true },
      })
      return { estimate: answer.estimate, body }
    },
    onSuccess: setAsked,
  })
  const replay = useAction<HubReplayResponse>(({ run }) => {
    if (run === null) {
      return inbound.replayNothing
    }
    void navigate(runPath(run.id))
    return inbound.replayed
  })
  return (
    <>
      <ActionButton
        action="operate"
        isLoading={estimate.isPending || replay.isPending}
        onClick={() => estimate.mutate(messages())}
      >
        {text}
      </ActionButton>
      {estimate.error && (
        <Text as="div" size="small">
          <FailureNote error={estimate.error} />
        </Text>
      )}
      {asked && (
        <Ask
          estimate={asked.estimate}
          onConfirm={() => replay.mutate({ path: "inbound/replay", body: { ...asked.body } })}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
