import { Alert, Button, Text } from "@medusajs/ui"
import { ActionButton } from "../../action-button"
import type { HubConnectionDetail, HubRun } from "../../../../types"
import { useConnect, useLatestRun, useUpdateConnection } from "../../../hooks/use-connections"
import { formatCount } from "../../../lib/format"
import { useTexts } from "../../../texts"
import { FailureNote } from "../failure-note"
import { StepButtons, StepFrame } from "./step-frame"

interface ImportStepProps {
  readonly connection: HubConnectionDetail
  readonly onDone: () => void
}

export const isAtWork = (run: HubRun | null | undefined): boolean => run?.state === "queued" || run?.state === "running"

/** The run has ended, and what we know of the connection is not older: its counts are asked for at another moment. */
const isCounted = (connection: HubConnectionDetail, run: HubRun): boolean =>
  !isAtWork(run) && (run.state === "failed" || connection.counts.listings >= run.total_count)

function Progress({ connection, run }: { readonly connection: HubConnectionDetail; readonly run: HubRun }) {
  const { wizard, detail } = useTexts().connections
  if (!isCounted(connection, run)) {
    return (
      <div role="status" className="flex flex-col gap-y-1">
        <progress className="h-2 w-full" aria-label={wizard.importing} />
        <Text size="small" className="text-ui-fg-subtle tabular-nums">
          {wizard.importing} {formatCount(run.total_count)}
        </Text>
      </div>
    )
  }
  return run.state === "failed" ? (
    <FailureNote error={new Error(run.error ?? detail.runState.failed)} title={wizard.importFailed} />
  ) : (
    <Alert variant="success" role="status">
      {wizard.imported(connection.counts.listings, connection.counts.linked)}
    </Alert>
  )
}

export function ImportStep({ connection, onDone }: ImportStepProps) {
  const texts = useTexts()
  const { wizard } = texts.connections
  const connect = useConnect(connection.id)
  const update = useUpdateConnection(connection.id)
  const { data: run } = useLatestRun(connection.id, "import-listings")
  const isReady =
    connection.connected_at !== null &&
    run !== null &&
    run !== undefined &&
    isCounted(connection, run) &&
    run.state !== "failed"
  const goOn = (): void => {
    if (connection.setup_step === "import") {
      update.mutate({ setup_step: "mapping" }, { onSuccess: onDone })
    } else {
      onDone()
    }
  }
  return (
    <StepFrame title={wizard.import} hint={wizard.importHint}>
      {run ? <Progress connection={connection} run={run} /> : null}
      <FailureNote error={connect.error ?? update.error} />
      <StepButtons>
        <ActionButton
          action="configure"
          variant={isReady ? "secondary" : "primary"}
          isLoading={connect.isPending || isAtWork(run)}
          onClick={() => connect.mutate(undefined)}
        >
          {isReady ? wizard.importAgain : wizard.startImport}
        </ActionButton>
        {isReady && (
          <Button size="small" isLoading={update.isPending} onClick={goOn}>
            {texts.connections.next}
          </Button>
        )}
      </StepButtons>
    </StepFrame>
  )
}
