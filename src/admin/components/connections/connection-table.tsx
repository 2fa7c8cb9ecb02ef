import { Trash } from "@medusajs/icons"
import { Badge, IconButton, Table, Text, usePrompt } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { ActionButton } from "../action-button"
import type { HubConnectionSummary } from "../../../types"
import { useAccess } from "../../hooks/use-access"
import { useDeleteDraft } from "../../hooks/use-connections"
import { formatAge } from "../../lib/format"
import { useTexts } from "../../texts"
import { ConnectionBadge } from "../state-badge"
import { FailureNote } from "./failure-note"
import { ModeBadge } from "./mode-badge"

interface ConnectionTableProps {
  readonly connections: readonly HubConnectionSummary[]
  readonly labels: Readonly<Record<string, string>>
  readonly onResume: (id: string) => void
}

function Freshness({ connection }: { readonly connection: HubConnectionSummary }) {
  const { connections: texts } = useTexts()
  const age = connection.oldest_pending_seconds
  return (
    <div className="txt-compact-small tabular-nums">
      <div>{texts.fresh(connection.in_sync_count, connection.listing_count)}</div>
      <div className="text-ui-fg-subtle">{age === null ? texts.level : texts.oldest(formatAge(age))}</div>
    </div>
  )
}

function Name({ connection, label }: { readonly connection: HubConnectionSummary; readonly label: string }) {
  return (
    <div className="min-w-0 py-2">
      <Link
        to={`/hub/connections/${connection.id}`}
        className="txt-compact-small-plus hover:text-ui-fg-interactive focus-visible:shadow-borders-focus rounded-md break-words outline-none"
      >
        {connection.name}
      </Link>
      <Text size="xsmall" className="text-ui-fg-subtle">
        {label}
      </Text>
    </div>
  )
}

function Draft({ connection, onResume }: { readonly connection: HubConnectionSummary; readonly onResume: () => void }) {
  const { connections: texts } = useTexts()
  const remove = useDeleteDraft()
  const { may } = useAccess()
  const prompt = usePrompt()
  const confirm = async (): Promise<void> => {
    const description = texts.removeConfirm(connection.name)
    if (await prompt({ title: texts.remove, description, confirmText: texts.remove, cancelText: texts.cancel })) {
      remove.mutate(connection.id)
    }
  }
  return (
    <div className="flex flex-col items-end gap-y-1">
      <div className="flex items-center gap-x-2">
        <ActionButton action="configure" onClick={onResume}>
          {texts.resume}
        </ActionButton>
        {connection.state === "draft" && may("configure") && (
          <IconButton
            size="small"
            variant="transparent"
            aria-label={`${texts.remove}: ${connection.name}`}
            isLoading={remove.isPending}
            onClick={() => void confirm()}
          >
            <Trash />
          </IconButton>
        )}
      </div>
      <FailureNote error={remove.error} />
    </div>
  )
}

export function ConnectionTable({ connections, labels, onResume }: ConnectionTableProps) {
  const { connections: texts } = useTexts()
  return (
    <div className="overflow-x-auto">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">{texts.columns.name}</Table.HeaderCell>
            <Table.HeaderCell scope="col">{texts.columns.state}</Table.HeaderCell>
            <Table.HeaderCell scope="col" className="hidden md:table-cell">
              {texts.columns.mode}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="hidden md:table-cell">
              {texts.columns.fresh}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="hidden lg:table-cell">
              {texts.columns.tags}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="text-end">
              <span className="sr-only">{texts.detail.actions}</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {connections.map((connection) => (
            <Table.Row key={connection.id}>
              <Table.Cell className="max-w-64 whitespace-normal">
                <Name connection={connection} label={labels[connection.connector_id] ?? connection.connector_id} />
              </Table.Cell>
              <Table.Cell>
                <ConnectionBadge state={connection.state} />
              </Table.Cell>
              <Table.Cell className="hidden md:table-cell">
                <ModeBadge mode={connection.write_mode} />
              </Table.Cell>
              <Table.Cell className="hidden md:table-cell">
                <Freshness connection={connection} />
              </Table.Cell>
              <Table.Cell className="hidden lg:table-cell">
                <div className="flex flex-wrap gap-1">
                  {connection.tags.map((tag) => (
                    <Badge key={tag} size="2xsmall">
                      {tag}
                    </Badge>
                  ))}
                </div>
              </Table.Cell>
              <Table.Cell className="text-end">
                {connection.setup_step !== null && (
                  <Draft connection={connection} onResume={() => onResume(connection.id)} />
                )}
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}
