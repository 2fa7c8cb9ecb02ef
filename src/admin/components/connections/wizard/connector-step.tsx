import { Input, RadioGroup, Skeleton } from "@medusajs/ui"
import { useId, useState } from "react"
import { ActionButton } from "../../action-button"
import { useConnectors, useCreateDraft } from "../../../hooks/use-connections"
import { useTexts } from "../../../texts"
import { ErrorState } from "../../error-state"
import { FailureNote } from "../failure-note"
import { Field } from "../field"
import { ConnectorCard } from "./connector-card"
import { StepButtons, StepFrame } from "./step-frame"

/** Chooses what to connect. From here on the draft is on the server, and the set-up can be left and taken up again. */
export function ConnectorStep({ onCreated }: { readonly onCreated: (id: string) => void }) {
  const texts = useTexts()
  const { wizard, catalogue } = texts.connections
  const { data, error, isFetching, refetch } = useConnectors()
  const [chosen, setChosen] = useState<string | null>(null)
  const [name, setName] = useState<string | null>(null)
  const create = useCreateDraft()
  const prefix = useId()
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <Skeleton className="m-8 h-40" />
    )
  }
  const connector = data.connectors.find(({ id }) => id === chosen) ?? data.connectors[0]
  const shownName = name ?? connector?.label ?? ""
  const submit = (): void => {
    if (connector) {
      create.mutate(
        { name: shownName.trim(), connector_id: connector.id },
        { onSuccess: ({ connection }) => onCreated(connection.id) }
      )
    }
  }
  return (
    <StepFrame title={wizard.connector} hint={wizard.description}>
      <form
        className="flex flex-col gap-y-6"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <RadioGroup value={connector?.id ?? ""} onValueChange={setChosen} aria-label={wizard.connector}>
          {data.connectors.map((each) => (
            <label
              key={each.id}
              htmlFor={`${prefix}-${each.id}`}
              className="shadow-elevation-card-rest hover:bg-ui-bg-subtle flex cursor-pointer items-start gap-x-3 rounded-lg px-4 py-3"
            >
              <RadioGroup.Item id={`${prefix}-${each.id}`} value={each.id} aria-label={catalogue.choose(each.label)} />
              <ConnectorCard connector={each} />
            </label>
          ))}
        </RadioGroup>
        <Field label={wizard.name} hint={wizard.nameHint}>
          {(ids) => (
            <Input
              {...ids}
              size="small"
              required
              maxLength={100}
              value={shownName}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <FailureNote error={create.error} />
        <StepButtons>
          <ActionButton
            action="configure"
            variant="primary"
            type="submit"
            isLoading={create.isPending}
            disabled={shownName.trim() === ""}
          >
            {texts.connections.next}
          </ActionButton>
        </StepButtons>
      </form>
    </StepFrame>
  )
}
