import { Button, FocusModal, Heading, Input, Label, Select, Text } from "@medusajs/ui"
import { useId, useState, type FormEvent } from "react"
import { ActionButton } from "../action-button"
import type { HubMappingCounts, HubVariantChoice } from "../../../types"
import { useCreateListing } from "../../hooks/mapping/use-mapping-changes"
import { describeError } from "../../lib/describe-error"
import { useTexts } from "../../texts"
import { VariantPicker } from "./variant-picker"

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Field({ label, hint, value, onChange }: FieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={id} size="small" weight="plus">
        {label}
      </Label>
      <Input id={id} size="small" value={value} maxLength={500} onChange={(event) => onChange(event.target.value)} />
      {hint !== undefined && (
        <Text size="xsmall" className="text-ui-fg-subtle">
          {hint}
        </Text>
      )}
    </div>
  )
}

interface FormProps {
  readonly connections: readonly HubMappingCounts[]
  readonly onDone: () => void
}

function Form({ connections, onDone }: FormProps) {
  const texts = useTexts()
  const { create } = texts.mapping
  const channelId = useId()
  const [connection, setConnection] = useState(connections[0]?.connection_id ?? "")
  const [externalId, setExternalId] = useState("")
  const [sku, setSku] = useState("")
  const [title, setTitle] = useState("")
  const [pack, setPack] = useState("1")
  const [variant, setVariant] = useState<HubVariantChoice | null>(null)
  const save = useCreateListing()
  const isReady =
    connection !== "" && externalId.trim() !== "" && variant !== null && /^[1-9]\d{0,5}$/.test(pack.trim())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (variant !== null && isReady) {
      save.mutate(
        {
          connection_id: connection,
          external_id: externalId.trim(),
          external_sku: sku.trim() === "" ? null : sku.trim(),
          title: title.trim() === "" ? null : title.trim(),
          variant_id: variant.id,
          pack_size: Number(pack),
        },
        { onSuccess: onDone }
      )
    }
  }
  return (
    <form onSubmit={submit} className="mx-auto flex w-full max-w-lg flex-col gap-y-5 px-6 py-12">
      <div className="flex flex-col gap-y-1">
        <FocusModal.Title asChild>
          <Heading>{create.title}</Heading>
        </FocusModal.Title>
        <FocusModal.Description className="txt-small text-ui-fg-subtle">{create.text}</FocusModal.Description>
      </div>
      <div className="flex flex-col gap-y-1">
        <Label htmlFor={channelId} size="small" weight="plus">
          {create.channel}
        </Label>
        <Select size="small" value={connection} onValueChange={setConnection}>
          <Select.Trigger id={channelId}>
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
      <Field label={create.externalId} hint={create.externalIdHint} value={externalId} onChange={setExternalId} />
      <Field label={`${create.sku} (${create.optional})`} value={sku} onChange={setSku} />
      <Field label={`${create.name} (${create.optional})`} value={title} onChange={setTitle} />
      <VariantPicker
        label={create.variant}
        action={(found) => (
          <Button
            type="button"
            size="small"
            variant={variant?.id === found.id ? "primary" : "secondary"}
            aria-pressed={variant?.id === found.id}
            onClick={() => setVariant(found)}
          >
            {texts.mapping.review.choose}
          </Button>
        )}
      />
      <Field label={texts.mapping.review.pack} value={pack} onChange={setPack} />
      <Text size="xsmall" className="text-ui-fg-subtle">
        {create.publish}
      </Text>
      {save.isError && (
        <Text size="small" role="alert" className="text-ui-fg-error break-words">
          {describeError(save.error, texts).raw}
        </Text>
      )}
      <ActionButton
        action="configure"
        variant="primary"
        type="submit"
        className="w-fit"
        isLoading={save.isPending}
        disabled={!isReady}
      >
        {create.save}
      </ActionButton>
    </form>
  )
}

interface CreateListingProps {
  readonly connections: readonly HubMappingCounts[]
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Notes a listing that the channel has but the import did not bring. */
export function CreateListing({ connections, isOpen, onClose }: CreateListingProps) {
  return (
    <FocusModal open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <FocusModal.Content>
        <FocusModal.Header />
        <FocusModal.Body className="overflow-y-auto">
          {isOpen && <Form connections={connections} onDone={onClose} />}
        </FocusModal.Body>
      </FocusModal.Content>
    </FocusModal>
  )
}
