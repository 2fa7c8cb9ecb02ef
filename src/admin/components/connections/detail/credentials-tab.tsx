import { Badge, Button, Container, Drawer, Input, Table, Text } from "@medusajs/ui"
import { useState } from "react"
import { Loading } from "../../loading"
import { ActionButton } from "../../action-button"
import type { HubConnectionDetail, HubConnector } from "../../../../types"
import { useCredentials, useReplaceCredentials } from "../../../hooks/use-connections"
import { useTexts } from "../../../texts"
import { ErrorState } from "../../error-state"
import { TimeAgo } from "../../time-ago"
import { FailureNote } from "../failure-note"
import { Field } from "../field"

interface CredentialsTabProps {
  readonly connection: HubConnectionDetail
  readonly connector: HubConnector | null
}

function ReplaceDrawer({
  connection,
  connector,
}: {
  readonly connection: HubConnectionDetail
  readonly connector: HubConnector
}) {
  const { connections: texts } = useTexts()
  const { detail } = texts
  const [isOpen, setIsOpen] = useState(false)
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const replace = useReplaceCredentials(connection.id)
  const secrets = connector.options.filter(({ is_secret: isSecret }) => isSecret)
  const entered = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""))
  const open = (next: boolean): void => {
    setIsOpen(next)
    setValues({})
    replace.reset()
  }
  return (
    <Drawer open={isOpen} onOpenChange={open}>
      <ActionButton action="secrets" onClick={() => open(true)}>
        {detail.replace}
      </ActionButton>
      <Drawer.Content>
        <form
          className="flex h-full flex-col"
          onSubmit={(event) => {
            event.preventDefault()
            replace.mutate(entered, { onSuccess: () => open(false) })
          }}
        >
          <Drawer.Header>
            <Drawer.Title>{detail.replaceTitle}</Drawer.Title>
            <Drawer.Description>{detail.replaceHint}</Drawer.Description>
          </Drawer.Header>
          <Drawer.Body className="flex flex-1 flex-col gap-y-4 overflow-y-auto">
            {secrets.map((option) => {
              const lock = connection.locked[option.name]
              return (
                <Field
                  key={option.name}
                  label={option.label}
                  hint={lock ? texts.locked[lock.origin](lock.where) : option.help}
                >
                  {(ids) => (
                    <Input
                      {...ids}
                      size="small"
                      type="password"
                      autoComplete="new-password"
                      disabled={lock !== undefined}
                      value={values[option.name] ?? ""}
                      onChange={(event) => setValues({ ...values, [option.name]: event.target.value })}
                    />
                  )}
                </Field>
              )
            })}
            <FailureNote error={replace.error} title={texts.testFailed} />
          </Drawer.Body>
          <Drawer.Footer>
            <Drawer.Close asChild>
              <Button size="small" variant="secondary">
                {texts.cancel}
              </Button>
            </Drawer.Close>
            <ActionButton
              action="secrets"
              variant="primary"
              type="submit"
              isLoading={replace.isPending}
              disabled={Object.keys(entered).length === 0}
            >
              {texts.wizard.testAndSave}
            </ActionButton>
          </Drawer.Footer>
        </form>
      </Drawer.Content>
    </Drawer>
  )
}

/** Which secrets are stored and since when. Their values went in and never come out. */
export function CredentialsTab({ connection, connector }: CredentialsTabProps) {
  const texts = useTexts()
  const { detail } = texts.connections
  const { data, error, isFetching, refetch } = useCredentials(connection.id)
  if (!data) {
    return (
      <Container className="p-0">
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
        ) : (
          <Loading className="m-6 h-24" />
        )}
      </Container>
    )
  }
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between px-6 py-4">
        <Text size="small" weight="plus">
          {detail.tabs.credentials}
        </Text>
        {connector && <ReplaceDrawer connection={connection} connector={connector} />}
      </div>
      {data.credentials.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-8 text-center">
          {detail.noCredentials}
        </Text>
      ) : (
        <Table>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">{detail.credential}</Table.HeaderCell>
              <Table.HeaderCell scope="col">{detail.secretValue}</Table.HeaderCell>
              <Table.HeaderCell scope="col">{detail.storedAt}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {data.credentials.map((credential) => {
              const option = connector?.options.find(({ name }) => name === credential.name)
              return (
                <Table.Row key={credential.name}>
                  <Table.Cell>
                    {option?.label ?? credential.name}
                    {option === undefined && (
                      <span className="text-ui-fg-subtle txt-compact-xsmall block">{detail.ownSecret}</span>
                    )}
                  </Table.Cell>
                  <Table.Cell>
                    {credential.is_readable ? (
                      <span aria-hidden>{detail.masked}</span>
                    ) : (
                      <Badge size="2xsmall" color="red">
                        {detail.unreadable}
                      </Badge>
                    )}
                  </Table.Cell>
                  <Table.Cell>
                    <TimeAgo at={credential.stored_at} />
                  </Table.Cell>
                </Table.Row>
              )
            })}
          </Table.Body>
        </Table>
      )}
    </Container>
  )
}
