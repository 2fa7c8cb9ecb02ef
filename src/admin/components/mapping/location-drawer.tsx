import { Drawer, Label, Select, Skeleton, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { ActionButton } from "../action-button"
import type { HubLocationMappingResponse, HubMappingCounts } from "../../../types"
import { useLocationPreview, useSaveLocations } from "../../hooks/mapping/use-mapping-changes"
import { useLocationMapping } from "../../hooks/mapping/use-mapping-queries"
import { describeError } from "../../lib/describe-error"
import { useTexts } from "../../texts"
import { ErrorState } from "../error-state"

/** A select takes no empty value. */
const NOTHING = "hub:nothing"
const ANY = "*"

interface Choice {
  readonly value: string
  readonly text: string
}

function choicesOf({ external_locations: external, entries }: HubLocationMappingResponse, all: string): Choice[] {
  const known = external === null ? [{ external_id: ANY, name: all }] : external
  const mapped = entries.flatMap(({ external_location_id: id }) => (id === null ? [] : [id]))
  const others = [...new Set(mapped)].filter((id) => !known.some((place) => place.external_id === id))
  return [
    ...known.map((place) => ({ value: place.external_id, text: place.name })),
    ...others.map((id) => ({ value: id, text: id === ANY ? all : id })),
  ]
}

interface MappingFormProps {
  readonly connectionId: string
  readonly mapping: HubLocationMappingResponse
}

function MappingForm({ connectionId, mapping }: MappingFormProps) {
  const texts = useTexts()
  const words = texts.mapping.locations
  const formId = useId()
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const preview = useLocationPreview()
  const save = useSaveLocations()
  const choices = choicesOf(mapping, words.all)
  const nameOf = (id: string): string => choices.find(({ value }) => value === id)?.text ?? id
  const mappings = mapping.entries.flatMap((entry) => {
    const place = chosen[entry.stock_location_id] ?? entry.external_location_id ?? NOTHING
    return place === NOTHING ? [] : [{ stock_location_id: entry.stock_location_id, external_location_id: place }]
  })
  const request = { connectionId, mappings }
  const changes = save.data?.changes ?? preview.data?.changes
  const error = save.error ?? preview.error
  return (
    <div className="flex flex-col gap-y-4">
      {mapping.external_problem !== null && (
        <Text size="small" role="alert" className="text-ui-tag-orange-text break-words">
          {words.unreachable} {mapping.external_problem}
        </Text>
      )}
      <ul className="flex flex-col gap-y-3">
        {mapping.entries.map((entry, index) => (
          <li key={entry.stock_location_id} className="grid grid-cols-2 items-center gap-x-4">
            <Label htmlFor={`${formId}-${index}`} size="small" weight="plus" className="break-words">
              {entry.stock_location_name}
            </Label>
            <Select
              size="small"
              value={chosen[entry.stock_location_id] ?? entry.external_location_id ?? NOTHING}
              onValueChange={(place) => {
                setChosen({ ...chosen, [entry.stock_location_id]: place })
                preview.reset()
                save.reset()
              }}
            >
              <Select.Trigger id={`${formId}-${index}`}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                <Select.Item value={NOTHING}>{words.nothing}</Select.Item>
                {choices.map((choice) => (
                  <Select.Item key={choice.value} value={choice.value}>
                    {choice.text}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </li>
        ))}
      </ul>
      {mappings.length === 0 && (
        <Text size="small" role="alert" className="text-ui-fg-error">
          {words.atLeastOne}
        </Text>
      )}
      <div role="status" className="flex flex-col gap-y-2">
        {changes?.length === 0 && <Text size="small">{words.none}</Text>}
        {changes?.map((change) => (
          <Text key={change.external_location_id} size="small" className="break-words">
            <strong>{nameOf(change.external_location_id)}</strong> {words[change.kind](change.listing_count)}.{" "}
            <span className="text-ui-fg-subtle">{words.fedBy(change.before.join(", "), change.after.join(", "))}</span>
          </Text>
        ))}
        {save.isSuccess && <Text size="small">{words.saved}</Text>}
      </div>
      {error !== null && (
        <Text size="small" role="alert" className="text-ui-fg-error break-words">
          {describeError(error, texts).raw}
        </Text>
      )}
      <div className="flex gap-x-2">
        <ActionButton
          action="configure"

          disabled={mappings.length === 0}
          isLoading={preview.isPending}
          onClick={() => preview.mutate(request)}
        >
          {words.preview}
        </ActionButton>
        <ActionButton
          action="configure"
          variant="primary"
          disabled={preview.data === undefined || preview.data.changes.length === 0 || save.isSuccess}
          isLoading={save.isPending}
          onClick={() => save.mutate(request)}
        >
          {words.save}
        </ActionButton>
      </div>
    </div>
  )
}

/** Which stock feeds which location of one channel. What a change means is said before it can be saved. */
export function LocationMapping({ connectionId }: { readonly connectionId: string }) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useLocationMapping(connectionId)
  if (data) {
    return <MappingForm key={connectionId} connectionId={connectionId} mapping={data} />
  }
  return error ? (
    <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
  ) : (
    <div role="status" aria-label={texts.loading}>
      <Skeleton className="h-40" />
    </div>
  )
}

interface LocationDrawerProps {
  readonly connections: readonly HubMappingCounts[]
  readonly channel: string | null
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function LocationDrawer({ connections, channel, isOpen, onClose }: LocationDrawerProps) {
  const texts = useTexts()
  const words = texts.mapping.locations
  const id = useId()
  const [chosen, setChosen] = useState<string | null>(null)
  const connectionId = chosen ?? channel ?? connections[0]?.connection_id ?? null
  return (
    <Drawer open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{words.title}</Drawer.Title>
          <Drawer.Description className="txt-small text-ui-fg-subtle">{words.text}</Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="flex flex-col gap-y-6 overflow-y-auto">
          {connectionId !== null && (
            <>
              <div className="flex flex-col gap-y-1">
                <Label htmlFor={id} size="small" weight="plus">
                  {words.channel}
                </Label>
                <Select size="small" value={connectionId} onValueChange={setChosen}>
                  <Select.Trigger id={id}>
                    <Select.Value />
                  </Select.Trigger>
                  <Select.Content>
                    {connections.map((entry) => (
                      <Select.Item key={entry.connection_id} value={entry.connection_id}>
                        {entry.connection_name}
                      </Select.Item>
                    ))}
                  </Select.Content>
                </Select>
              </div>
              {isOpen && <LocationMapping connectionId={connectionId} />}
            </>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  )
}
