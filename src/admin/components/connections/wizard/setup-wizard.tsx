import { FocusModal, ProgressTabs, Skeleton } from "@medusajs/ui"
import { useState } from "react"
import { Loading } from "../../loading"
import type { HubConnectionDetail, HubConnector, SetupStep } from "../../../../types"
import { useConnection, useConnectors } from "../../../hooks/use-connections"
import { useTexts } from "../../../texts"
import { ErrorState } from "../../error-state"
import { ConnectorStep } from "./connector-step"
import { ImportStep } from "./import-step"
import { MappingStep } from "./mapping-step"
import { PlacesStep } from "./places-step"
import { PreviewStep } from "./preview-step"
import { RuleStep } from "./rule-step"
import { SettingsStep } from "./settings-step"

const STEPS = ["settings", "places", "import", "mapping", "rule", "preview"] as const

interface StepProps {
  readonly step: SetupStep
  readonly connection: HubConnectionDetail
  readonly connector: HubConnector
  readonly onDone: () => void
}

function Step({ step, connection, connector, onDone }: StepProps) {
  switch (step) {
    case "settings":
      return <SettingsStep connection={connection} connector={connector} onDone={onDone} />
    case "places":
      return <PlacesStep connection={connection} onDone={onDone} />
    case "import":
      return <ImportStep connection={connection} onDone={onDone} />
    case "mapping":
      return <MappingStep connection={connection} onDone={onDone} />
    case "rule":
      return <RuleStep connection={connection} onDone={onDone} />
    case "preview":
      return <PreviewStep connection={connection} onDone={onDone} />
  }
}

interface SetupWizardProps {
  /** Null begins a new connection. */
  readonly connectionId: string | null
  readonly onCreated: (id: string) => void
  readonly onClose: () => void
}

/** Where the set-up stands is kept on the server, so it goes on where it stopped, on whichever machine. */
function useStep(connection: HubConnectionDetail | undefined) {
  const [chosen, setChosen] = useState<SetupStep | null>(null)
  const reached: SetupStep = connection?.setup_step ?? "preview"
  const step = chosen ?? reached
  const indexOf = (name: SetupStep): number => STEPS.indexOf(name)
  return {
    step: indexOf(step) > indexOf(reached) ? reached : step,
    isReached: (name: SetupStep): boolean => indexOf(name) <= indexOf(reached),
    choose: setChosen,
    goOn: (): void => setChosen(STEPS[indexOf(step) + 1] ?? null),
    statusOf: (name: SetupStep) =>
      indexOf(name) < indexOf(reached)
        ? ("completed" as const)
        : name === step
          ? ("in-progress" as const)
          : ("not-started" as const),
  }
}

function Body({ connection, onClose }: { readonly connection: HubConnectionDetail; readonly onClose: () => void }) {
  const texts = useTexts()
  const { wizard } = texts.connections
  const { data: catalogue } = useConnectors()
  const { step, isReached, choose, goOn, statusOf } = useStep(connection)
  const connector = catalogue?.connectors.find(({ id }) => id === connection.connector_id)
  return (
    <ProgressTabs
      value={step}
      onValueChange={(name) => choose(STEPS.find((each) => each === name) ?? null)}
      className="flex h-full flex-col overflow-hidden"
    >
      <FocusModal.Header>
        <div className="w-full overflow-x-auto border-s">
          <ProgressTabs.List className="flex w-full items-center">
            {STEPS.map((name) => (
              <ProgressTabs.Trigger
                key={name}
                value={name}
                status={statusOf(name)}
                disabled={!isReached(name)}
                className="min-w-fit"
              >
                {wizard.steps[name]}
              </ProgressTabs.Trigger>
            ))}
          </ProgressTabs.List>
        </div>
      </FocusModal.Header>
      <FocusModal.Body className="flex-1 overflow-y-auto">
        <FocusModal.Title asChild>
          <h1 className="sr-only">{`${wizard.title}: ${connection.name}`}</h1>
        </FocusModal.Title>
        <FocusModal.Description className="sr-only">{wizard.description}</FocusModal.Description>
        <ProgressTabs.Content value={step}>
          {connector ? (
            <Step
              step={step}
              connection={connection}
              connector={connector}
              onDone={() => (step === "preview" ? onClose() : goOn())}
            />
          ) : (
            <Skeleton className="m-8 h-40" />
          )}
        </ProgressTabs.Content>
      </FocusModal.Body>
    </ProgressTabs>
  )
}

function Content({ connectionId, onCreated, onClose }: SetupWizardProps) {
  const texts = useTexts()
  const { wizard } = texts.connections
  const { data, error, isFetching, refetch } = useConnection(connectionId)
  if (connectionId !== null && data) {
    return <Body connection={data.connection} onClose={onClose} />
  }
  return (
    <>
      <FocusModal.Header />
      <FocusModal.Body className="flex-1 overflow-y-auto">
        <FocusModal.Title asChild>
          <h1 className="sr-only">{wizard.title}</h1>
        </FocusModal.Title>
        <FocusModal.Description className="sr-only">{wizard.description}</FocusModal.Description>
        {connectionId === null ? (
          <ConnectorStep onCreated={onCreated} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
        ) : (
          <Loading className="m-8 h-40" />
        )}
      </FocusModal.Body>
    </>
  )
}

/** Connects a channel in steps, each of them saved, up to the preview of what going live would do. */
export const SetupWizard = (props: SetupWizardProps) => (
  <FocusModal open onOpenChange={(isOpen) => (isOpen ? undefined : props.onClose())}>
    <FocusModal.Content>
      <Content {...props} />
    </FocusModal.Content>
  </FocusModal>
)
