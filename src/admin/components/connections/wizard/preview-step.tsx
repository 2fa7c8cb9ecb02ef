import { Alert, Button, Text, usePrompt } from "@medusajs/ui"
import { useEffect } from "react"
import { ActionButton } from "../../action-button"
import type { HubConnectionDetail } from "../../../../types"
import {
  previewCsvPath,
  useLatestRun,
  usePreview,
  useTakePreview,
  useUpdateConnection,
  useWriteMode,
} from "../../../hooks/use-connections"
import { download } from "../../../lib/download"
import { useTexts } from "../../../texts"
import { FailureNote } from "../failure-note"
import { isAtWork } from "./import-step"
import { PreviewSentence } from "./preview-sentence"
import { StepButtons, StepFrame } from "./step-frame"

interface PreviewStepProps {
  readonly connection: HubConnectionDetail
  readonly onDone: () => void
}

/** Reads the channel as soon as the step is opened, so that what is shown is what the channel shows now. */
function usePreviewRun(connection: HubConnectionDetail) {
  const take = useTakePreview(connection.id)
  const { mutate } = take
  const { data: run } = useLatestRun(connection.id, "take-snapshot")
  useEffect(() => {
    if (connection.write_mode !== "shadow") {
      return undefined
    }
    // Not at once: in development React mounts everything twice, and the first mount would never hear how it ended.
    const timer = setTimeout(() => mutate(undefined))
    return () => clearTimeout(timer)
  }, [connection.write_mode, mutate])
  return { take, run, isTaking: take.isPending || isAtWork(run) }
}

export function PreviewStep({ connection, onDone }: PreviewStepProps) {
  const { connections: texts } = useTexts()
  const { wizard } = texts
  const { take, run, isTaking } = usePreviewRun(connection)
  const { data } = usePreview(connection.id)
  const mode = useWriteMode(connection.id)
  const update = useUpdateConnection(connection.id)
  const { data: goLiveRun } = useLatestRun(connection.id, "go-live")
  const isLive = connection.write_mode === "live"
  const isGoingLive = mode.isPending || isAtWork(goLiveRun)
  const mayWrite = connection.allowed_operations.includes("write-stock")
  const prompt = usePrompt()
  const preview = data?.preview ?? null
  const goLive = async (): Promise<void> => {
    const isSure = await prompt({
      title: texts.detail.goLiveTitle,
      description: preview ? `${wizard.sentence(preview)}. ${wizard.goLiveHint}` : wizard.goLiveHint,
      confirmText: wizard.goLive,
      cancelText: texts.cancel,
      variant: "confirmation",
    })
    if (isSure) {
      mode.mutate("live")
    }
  }
  const finish = (): void => update.mutate({ setup_step: null }, { onSuccess: onDone })
  const failedRun = [run, goLiveRun].find((each) => each?.state === "failed")
  return (
    <StepFrame title={isLive ? wizard.live : wizard.preview} hint={isLive ? wizard.liveHint : wizard.previewHint}>
      {isTaking && (
        <div role="status" className="flex flex-col gap-y-1">
          <progress className="h-2 w-full" aria-label={wizard.taking} />
          <Text size="small" className="text-ui-fg-subtle">
            {wizard.taking}
          </Text>
        </div>
      )}
      {preview && !isTaking && !isLive ? <PreviewSentence preview={preview} /> : null}
      {isLive && (
        <Alert variant="success" role="status">
          {wizard.isLive} {wizard.liveCounts(connection.counts.in_sync, connection.counts.pending)}
        </Alert>
      )}
      {isGoingLive && !isLive && (
        <Text size="small" role="status">
          {wizard.goingLive}
        </Text>
      )}
      {!mayWrite && <Alert variant="info">{wizard.readOnly}</Alert>}
      <FailureNote
        error={take.error ?? mode.error ?? update.error ?? (failedRun?.error ? new Error(failedRun.error) : null)}
      />
      <StepButtons>
        {!isLive && (
          <>
            <Button size="small" variant="secondary" onClick={() => void download(previewCsvPath(connection.id))}>
              {wizard.csv}
            </Button>
            <ActionButton action="operate" isLoading={isTaking} onClick={() => take.mutate(undefined)}>
              {wizard.takePreview}
            </ActionButton>
          </>
        )}
        {isLive ? (
          <Button size="small" isLoading={update.isPending} onClick={finish}>
            {texts.done}
          </Button>
        ) : (
          <>
            <Button size="small" variant="secondary" isLoading={update.isPending} onClick={finish}>
              {wizard.stayInShadow}
            </Button>
            <ActionButton
              action="operate"
              variant="primary"
              isLoading={isGoingLive}
              disabled={isTaking || !mayWrite || !preview}
              title={wizard.goLiveHint}
              onClick={() => void goLive()}
            >
              {wizard.goLive}
            </ActionButton>
          </>
        )}
      </StepButtons>
    </StepFrame>
  )
}
