import { Button, Drawer, Heading, Input, Textarea } from "@medusajs/ui"
import { useState } from "react"
import { ActionButton } from "../../action-button"
import type { ConnectionOperation, HubConnectionDetail, HubConnector } from "../../../../types"
import { useCredentials, useUpdateConnection } from "../../../hooks/use-connections"
import { parseErrorMapping } from "../../../lib/parse-error-mapping"
import { useTexts } from "../../../texts"
import { FailureNote } from "../failure-note"
import { Field } from "../field"
import { OperationsForm } from "../operations-form"
import { fromDraft, OptionsForm, toDraft } from "../options-form"

interface SettingsDrawerProps {
  readonly connection: HubConnectionDetail
  readonly connector: HubConnector | null
}

const NUMBERS = ["request_timeout_ms", "most_attempts", "daily_quota", "retention_days"] as const

interface Draft {
  readonly name: string
  readonly tags: string
  readonly mapping: string
  readonly numbers: Readonly<Record<string, string>>
  readonly allowed: readonly ConnectionOperation[]
}

const toForm = (connection: HubConnectionDetail): Draft => ({
  name: connection.name,
  tags: connection.tags.join(", "),
  mapping: Object.entries(connection.error_mapping)
    .map(([code, kind]) => `${code} = ${kind}`)
    .join("\n"),
  numbers: Object.fromEntries(NUMBERS.map((name) => [name, connection[name] === null ? "" : String(connection[name])])),
  allowed: connection.allowed_operations,
})

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right)

function Form({ connection, connector, onClose }: SettingsDrawerProps & { readonly onClose: () => void }) {
  const { connections: texts } = useTexts()
  const { detail } = texts
  const [form, setForm] = useState(() => toForm(connection))
  const before = toDraft(connector?.options ?? [], connection.settings)
  const [options, setOptions] = useState(before)
  const { data: credentials } = useCredentials(connection.id)
  const update = useUpdateConnection(connection.id)
  const stored = (credentials?.credentials ?? []).map(({ name }) => name)
  const mapping = parseErrorMapping(form.mapping)
  const isLocked = (name: string): boolean => Object.hasOwn(connection.locked, name)
  const words = {
    request_timeout_ms: [detail.requestTimeout, detail.requestTimeoutHint],
    most_attempts: [detail.mostAttempts, detail.mostAttemptsHint],
    daily_quota: [detail.dailyQuota, detail.dailyQuotaHint],
    retention_days: [detail.retention, detail.retentionHint],
  } as const
  const save = (): void => {
    if (!mapping.isOk) {
      return
    }
    const numbers = NUMBERS.filter((name) => !isLocked(name)).map((name): [string, number | null] => [
      name,
      form.numbers[name] ? Number(form.numbers[name]) : null,
    ])
    const tags = form.tags.split(",").map((tag) => tag.trim())
    update.mutate(
      {
        version: connection.version,
        name: form.name.trim(),
        tags: tags.filter((tag) => tag !== ""),
        error_mapping: mapping.value,
        ...(isLocked("allowed_operations") ? {} : { allowed_operations: form.allowed }),
        ...Object.fromEntries(numbers),
        // Untouched settings are not sent: the channel need not be there to change a tag.
        ...(isSame(before, options)
          ? {}
          : {
              settings: fromDraft({
                options: connector?.options ?? [],
                draft: options,
                locked: connection.locked,
                stored,
              }),
            }),
      },
      { onSuccess: onClose }
    )
  }
  return (
    <form
      className="flex h-full flex-col overflow-hidden"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Drawer.Header>
        <Drawer.Title>{detail.editTitle}</Drawer.Title>
        <Drawer.Description>{detail.editHint}</Drawer.Description>
      </Drawer.Header>
      <Drawer.Body className="flex flex-1 flex-col gap-y-6 overflow-y-auto">
        <Field label={texts.wizard.name}>
          {(ids) => (
            <Input
              {...ids}
              size="small"
              required
              maxLength={100}
              value={form.name}
              onChange={(event) => setForm({ ...form, name: event.target.value })}
            />
          )}
        </Field>
        <Field label={texts.columns.tags} hint={detail.tagsHint}>
          {(ids) => (
            <Input
              {...ids}
              size="small"
              value={form.tags}
              onChange={(event) => setForm({ ...form, tags: event.target.value })}
            />
          )}
        </Field>
        <Heading level="h3">{detail.channelSettings}</Heading>
        <OptionsForm
          options={connector?.options ?? []}
          draft={options}
          onChange={setOptions}
          locked={connection.locked}
          stored={stored}
        />
        <Heading level="h3">{detail.allowed}</Heading>
        <OperationsForm
          allowed={form.allowed}
          onChange={(allowed) => setForm({ ...form, allowed })}
          isLocked={isLocked("allowed_operations")}
        />
        <Heading level="h3">{detail.behaviour}</Heading>
        {NUMBERS.map((name) => {
          const lock = connection.locked[name]
          return (
            <Field
              key={name}
              label={words[name][0]}
              hint={lock ? texts.locked[lock.origin](lock.where) : words[name][1]}
            >
              {(ids) => (
                <Input
                  {...ids}
                  size="small"
                  type="number"
                  min={1}
                  step={1}
                  disabled={lock !== undefined}
                  value={form.numbers[name] ?? ""}
                  onChange={(event) => setForm({ ...form, numbers: { ...form.numbers, [name]: event.target.value } })}
                />
              )}
            </Field>
          )
        })}
        <Field
          label={detail.errorMapping}
          hint={mapping.isOk ? detail.errorMappingHint : detail.errorMappingWrong(mapping.line)}
        >
          {(ids) => (
            <Textarea
              {...ids}
              rows={3}
              aria-invalid={!mapping.isOk}
              value={form.mapping}
              onChange={(event) => setForm({ ...form, mapping: event.target.value })}
            />
          )}
        </Field>
        <FailureNote error={update.error} />
      </Drawer.Body>
      <Drawer.Footer>
        <Drawer.Close asChild>
          <Button size="small" variant="secondary">
            {texts.cancel}
          </Button>
        </Drawer.Close>
        <ActionButton
          action="configure"
          variant="primary"
          type="submit"
          isLoading={update.isPending}
          disabled={!mapping.isOk}
        >
          {texts.save}
        </ActionButton>
      </Drawer.Footer>
    </form>
  )
}

/** Changes a connection. What code or environment give is shown and cannot be changed. */
export function SettingsDrawer(props: SettingsDrawerProps) {
  const { connections: texts } = useTexts()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Drawer open={isOpen} onOpenChange={setIsOpen}>
      <ActionButton action="configure" onClick={() => setIsOpen(true)}>
        {texts.detail.edit}
      </ActionButton>
      <Drawer.Content>
        <Form {...props} onClose={() => setIsOpen(false)} />
      </Drawer.Content>
    </Drawer>
  )
}
