import { Button, Checkbox, Drawer, Heading, Label, Select, Text, Textarea } from "@medusajs/ui"
import { useId, useState } from "react"
import { useNavigate } from "react-router-dom"
import type { HubConnectionDetail } from "../../../types"
import { useAccess } from "../../hooks/use-access"
import { useConnection, useConnections, useStartRun, useUpdateConnection } from "../../hooks/use-connections"
import { parseCarriers, writeCarriers } from "../../lib/parse-carriers"
import { runPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ActionButton } from "../action-button"
import { Confirm } from "../confirm"
import { Field } from "../connections/field"
import { FailureNote } from "../connections/failure-note"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"

interface OfConnection {
  readonly connection: HubConnectionDetail
}

function ImportPast({ connection }: OfConnection) {
  const { importPast } = useTexts().orders
  const { may } = useAccess()
  const navigate = useNavigate()
  const start = useStartRun(connection.id)
  const button = (
    <ActionButton action="operate" isLoading={start.isPending} className="w-fit">
      {importPast.button}
    </ActionButton>
  )
  const begin = (): void =>
    start.mutate({ kind: "import-orders", scope: {} }, { onSuccess: ({ run }) => void navigate(runPath(run.id)) })
  return (
    <section className="flex flex-col gap-y-2">
      <Heading level="h3">{importPast.title}</Heading>
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {importPast.text}
      </Text>
      <FailureNote error={start.error} />
      {may("operate") ? (
        <Confirm
          title={importPast.ask(connection.name)}
          text={importPast.text}
          confirm={importPast.button}
          cancel={importPast.keep}
          onConfirm={begin}
        >
          {button}
        </Confirm>
      ) : (
        button
      )}
    </section>
  )
}

function Rules({ connection }: OfConnection) {
  const texts = useTexts().orders.rules
  const checkboxId = useId()
  const { order_rules: rules } = connection
  const [carriers, setCarriers] = useState(() => writeCarriers(rules.carriers ?? {}))
  const [notifies, setNotifies] = useState(rules.notify_buyer ?? true)
  const update = useUpdateConnection(connection.id)
  const parsed = parseCarriers(carriers)
  const save = (): void => {
    if (parsed.isOk) {
      update.mutate({
        version: connection.version,
        order_rules: { ...rules, carriers: parsed.value, notify_buyer: notifies },
      })
    }
  }
  return (
    <section className="flex flex-col gap-y-4">
      <Heading level="h3">{texts.parcels}</Heading>
      <Field label={texts.carriers} hint={parsed.isOk ? texts.carriersHint : texts.badLine(parsed.line)}>
        {(ids) => (
          <Textarea
            {...ids}
            rows={3}
            value={carriers}
            aria-invalid={!parsed.isOk}
            onChange={(event) => setCarriers(event.target.value)}
          />
        )}
      </Field>
      <div className="flex items-center gap-x-2">
        <Checkbox id={checkboxId} checked={notifies} onCheckedChange={(checked) => setNotifies(checked === true)} />
        <Label htmlFor={checkboxId} size="small">
          {texts.notify}
        </Label>
      </div>
      <FailureNote error={update.error} />
      <ActionButton
        action="configure"
        variant="primary"
        className="w-fit"
        isLoading={update.isPending}
        disabled={!parsed.isOk}
        onClick={save}
      >
        {texts.save}
      </ActionButton>
      {update.isSuccess && (
        <Text size="small" role="status" className="text-ui-fg-subtle">
          {texts.saved}
        </Text>
      )}
    </section>
  )
}

function OfChannel({ id }: { readonly id: string }) {
  const { data, error, isFetching, refetch } = useConnection(id)
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton count={2} />
    )
  }
  return (
    <>
      <Rules key={`${id}:${data.connection.version}`} connection={data.connection} />
      <ImportPast connection={data.connection} />
    </>
  )
}

/** Carriers and the past of one channel. Nothing is shown while there is no channel. */
export function OrderRulesDrawer() {
  const texts = useTexts().orders
  const selectId = useId()
  const { data } = useConnections()
  const [chosen, setChosen] = useState<string | null>(null)
  const connections = data?.connections.filter(({ setup_step: step }) => step === null) ?? []
  const id = chosen ?? connections[0]?.id ?? null
  if (id === null) {
    return null
  }
  return (
    <Drawer>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary" className="w-fit">
          {texts.rules.open}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{texts.rules.title}</Drawer.Title>
          <Drawer.Description>{texts.rules.about}</Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="flex flex-col gap-y-6 overflow-y-auto">
          <div className="flex flex-col gap-y-1">
            <Label htmlFor={selectId} size="small" weight="plus">
              {texts.column.channel}
            </Label>
            <Select size="small" value={id} onValueChange={setChosen}>
              <Select.Trigger id={selectId}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {connections.map((connection) => (
                  <Select.Item key={connection.id} value={connection.id}>
                    {connection.name}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </div>
          <OfChannel id={id} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  )
}
