import { Alert, Heading, Text } from "@medusajs/ui"
import { useState } from "react"
import { ActionButton } from "../../action-button"
import type { ConnectionOperation, HubConnectionDetail, HubConnector } from "../../../../types"
import { useCredentials, useTestConnection, useUpdateConnection } from "../../../hooks/use-connections"
import { useTexts } from "../../../texts"
import { FailureNote } from "../failure-note"
import { OperationsForm } from "../operations-form"
import { fromDraft, OptionsForm, toDraft } from "../options-form"
import { ConnectorGuide } from "./connector-card"
import { StepButtons, StepFrame } from "./step-frame"

/** What a person who sets up a channel wants as a rule. Each can be unticked. */
const SUGGESTED: readonly ConnectionOperation[] = [
  "read-listings",
  "read-stock",
  "write-stock",
  "read-orders",
  "webhooks",
]

interface SettingsStepProps {
  readonly connection: HubConnectionDetail
  readonly connector: HubConnector
  readonly onDone: () => void
}

export function SettingsStep({ connection, connector, onDone }: SettingsStepProps) {
  const { connections: texts } = useTexts()
  const { wizard } = texts
  const [draft, setDraft] = useState(() => toDraft(connector.options, connection.settings))
  const [isTried, setIsTried] = useState(false)
  const isNew = connection.setup_step === "settings"
  const [allowed, setAllowed] = useState(isNew ? SUGGESTED : connection.allowed_operations)
  const { data: credentials } = useCredentials(connection.id)
  const update = useUpdateConnection(connection.id)
  const test = useTestConnection(connection.id)
  const stored = (credentials?.credentials ?? []).map(({ name }) => name)
  const settings = (): Record<string, unknown> =>
    fromDraft({ options: connector.options, draft, locked: connection.locked, stored })
  const isLocked = Object.hasOwn(connection.locked, "allowed_operations")
  const save = (): void =>
    update.mutate(
      {
        settings: settings(),
        ...(isLocked ? {} : { allowed_operations: allowed }),
        ...(isNew ? { setup_step: "places" } : {}),
      },
      { onSuccess: onDone }
    )
  return (
    <StepFrame title={wizard.settings} hint={wizard.settingsHint}>
      <ConnectorGuide connector={connector} />
      <form
        className="flex flex-col gap-y-6"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <OptionsForm
          options={connector.options}
          draft={draft}
          onChange={setDraft}
          locked={connection.locked}
          stored={stored}
          isTried={isTried}
        />
        <section className="flex flex-col gap-y-3">
          <div>
            <Heading level="h3">{wizard.operations}</Heading>
            <Text size="small" className="text-ui-fg-subtle">
              {wizard.operationsHint}
            </Text>
          </div>
          <OperationsForm allowed={allowed} onChange={setAllowed} isLocked={isLocked} />
        </section>
        {test.data && (
          <Alert variant={test.data.is_ok ? "success" : "error"} role="status">
            {test.data.is_ok ? texts.tested(test.data.took_ms) : (test.data.failure?.message ?? "")}
          </Alert>
        )}
        <FailureNote error={update.error ?? test.error} title={texts.testFailed} />
        <StepButtons>
          <ActionButton
            action="operate"
            type="button"
            isLoading={test.isPending}
            onClick={() => test.mutate(settings())}
          >
            {wizard.test}
          </ActionButton>
          <ActionButton
            action="configure"
            variant="primary"
            type="submit"
            isLoading={update.isPending}
            onClick={() => setIsTried(true)}
          >
            {wizard.testAndSave}
          </ActionButton>
        </StepButtons>
      </form>
    </StepFrame>
  )
}
