import { Alert, Button, Text } from "@medusajs/ui"
import { useEffect, useRef } from "react"
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
  const { data: run } = useLatestRun(connection.id, "take-snapshot")
  const isAsked = useRef(false)
  useEffect(() => {
    if (!isAsked.current && connection.write_mode === "shadow") {
      isAsked.current = true
      take.mutate(undefined)
    }
  }, [connection.write_mode, take])
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
  const finish = (): void => update.mutate({ setup_step: null }, { onSuccess: onDone })
  const failedRun = [run, goLiveRun].find((each) => each?.state === "failed")
  return (
    <StepFrame title={wizard.preview} hint={wizard.previewHint}>
      {isTaking && (
        <div role="status" className="flex flex-col gap-y-1">
          <progress className="h-2 w-full" aria-label={wizard.taking} />
          <Text size="small" className="text-ui-fg-subtle">
            {wizard.taking}
          </Text>
        </div>
      )}
      {data?.preview && !isTaking ? <PreviewSentence preview={data.preview} /> : null}
      {isLive && <Alert variant="success">{wizard.isLive}</Alert>}
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
        <Button size="small" variant="transparent" onClick={() => void download(previewCsvPath(connection.id))}>
          {wizard.csv}
        </Button>
        <ActionButton action="operate" isLoading={isTaking} onClick={() => take.mutate(undefined)}>
          {wizard.takePreview}
        </ActionButton>
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
              disabled={isTaking || !mayWrite || !data?.preview}
              title={wizard.goLiveHint}
              onClick={() => mode.mutate("live")}
            >
              {wizard.goLive}
            </ActionButton>
          </>
        )}
      </StepButtons>
    </StepFrame>
  )
}
