import { Select, Table, Text } from "@medusajs/ui"
import { useState } from "react"
import { Loading } from "../../loading"
import { ActionButton } from "../../action-button"
import type { HubConnectionDetail } from "../../../../types"
import { useExternalLocations, useUpdateConnection } from "../../../hooks/use-connections"
import { useShop } from "../../../hooks/use-shop"
import { useTexts } from "../../../texts"
import { ErrorState } from "../../error-state"
import { FailureNote } from "../failure-note"
import { Field } from "../field"
import { StepButtons, StepFrame } from "./step-frame"

const NONE = "none"

interface PlacesStepProps {
  readonly connection: HubConnectionDetail
  readonly onDone: () => void
}

type Choice = Readonly<Record<string, string>>

/** A channel with one place sells all of our stock as a rule; with several, nobody can guess. */
function suggest(
  connection: HubConnectionDetail,
  locations: readonly { id: string }[],
  places: readonly { id: string }[]
): Choice {
  const only = places.length === 1 ? places[0]?.id : undefined
  return Object.fromEntries(
    locations.map(({ id }) => {
      const known = connection.places.find((place) => place.stock_location_id === id)?.external_location_id
      return [id, known ?? (connection.places.length === 0 ? (only ?? NONE) : NONE)]
    })
  )
}

interface ChoiceSelectProps {
  readonly value: string
  readonly choices: readonly { readonly id: string; readonly name: string }[]
  readonly none: string
  readonly onChange: (value: string) => void
  readonly id?: string
  readonly "aria-label"?: string
  readonly isDisabled: boolean
}

const ChoiceSelect = ({ value, choices, none, onChange, isDisabled, ...ids }: ChoiceSelectProps) => (
  <Select size="small" value={value} onValueChange={onChange} disabled={isDisabled}>
    <Select.Trigger {...ids}>
      <Select.Value />
    </Select.Trigger>
    <Select.Content>
      <Select.Item value={NONE}>{none}</Select.Item>
      {choices.map(({ id, name }) => (
        <Select.Item key={id} value={id}>
          {name}
        </Select.Item>
      ))}
    </Select.Content>
  </Select>
)

export function PlacesStep({ connection, onDone }: PlacesStepProps) {
  const texts = useTexts()
  const { wizard } = texts.connections
  const shop = useShop()
  const places = useExternalLocations(connection.id)
  const update = useUpdateConnection(connection.id)
  const [changed, setChanged] = useState<Choice>({})
  const [salesChannel, setSalesChannel] = useState(connection.sales_channel_id ?? NONE)
  const error = shop.error ?? places.error
  if (error) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void shop.refetch()
          void places.refetch()
        }}
        isRetrying={shop.isFetching || places.isFetching}
      />
    )
  }
  if (!shop.data || !places.data) {
    return <Loading className="m-8 h-40" />
  }
  const choice = { ...suggest(connection, shop.data.locations, places.data.locations), ...changed }
  const chosen = Object.entries(choice).filter(([, place]) => place !== NONE)
  const isFixed = connection.connected_at !== null
  const save = (): void =>
    update.mutate(
      {
        sales_channel_id: salesChannel === NONE ? null : salesChannel,
        ...(isFixed
          ? {}
          : {
              locations: chosen.map(([id, place]) => ({ stock_location_id: id, external_location_id: place })),
            }),
        ...(connection.setup_step === "places" ? { setup_step: "import" } : {}),
      },
      { onSuccess: onDone }
    )
  return (
    <StepFrame title={wizard.places} hint={wizard.placesHint}>
      <form
        className="flex flex-col gap-y-6"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <div className="shadow-elevation-card-rest overflow-x-auto rounded-lg">
          <Table>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">{wizard.location}</Table.HeaderCell>
                <Table.HeaderCell scope="col">{wizard.feeds}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {shop.data.locations.map(({ id, name }) => (
                <Table.Row key={id}>
                  <Table.Cell>{name}</Table.Cell>
                  <Table.Cell className="py-1">
                    <ChoiceSelect
                      aria-label={`${name} ${wizard.feeds}`}
                      value={choice[id] ?? NONE}
                      choices={places.data.locations}
                      none={wizard.notSold}
                      isDisabled={isFixed}
                      onChange={(place) => setChanged({ ...changed, [id]: place })}
                    />
                  </Table.Cell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </div>
        {chosen.length === 0 && (
          <Text size="small" className="text-ui-fg-subtle">
            {wizard.atLeastOne}
          </Text>
        )}
        <Field label={wizard.salesChannel} hint={wizard.salesChannelHint}>
          {({ id }) => (
            <ChoiceSelect
              id={id}
              value={salesChannel}
              choices={shop.data.salesChannels}
              none={wizard.noSalesChannel}
              isDisabled={false}
              onChange={setSalesChannel}
            />
          )}
        </Field>
        <FailureNote error={update.error} />
        <StepButtons>
          <ActionButton
            action="configure"
            variant="primary"
            type="submit"
            isLoading={update.isPending}
            disabled={chosen.length === 0}
          >
            {texts.connections.next}
          </ActionButton>
        </StepButtons>
      </form>
    </StepFrame>
  )
}
