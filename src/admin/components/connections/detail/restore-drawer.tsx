import { Badge, Drawer, Text } from "@medusajs/ui"
import { Loading } from "../../loading"
import { ActionButton } from "../../action-button"
import type { HubConnectionDetail } from "../../../../types"
import { useSnapshots, useStartRun } from "../../../hooks/use-connections"
import { formatAbsolute } from "../../../lib/format"
import { useTexts } from "../../../texts"
import { ErrorState } from "../../error-state"
import { TimeAgo } from "../../time-ago"
import { FailureNote } from "../failure-note"

interface RestoreDrawerProps {
  readonly connection: HubConnectionDetail
  readonly onClose: () => void
}

/** Chooses what the channel is to show again. */
export function RestoreDrawer({ connection, onClose }: RestoreDrawerProps) {
  const texts = useTexts()
  const { detail } = texts.connections
  const { data, error, isFetching, refetch } = useSnapshots(connection.id)
  const run = useStartRun(connection.id)
  const restore = (id: string): void =>
    run.mutate({ kind: "restore-snapshot", scope: { snapshot_id: id } }, { onSuccess: onClose })
  return (
    <Drawer open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{detail.snapshotTitle}</Drawer.Title>
          <Drawer.Description>{detail.snapshotHint}</Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="flex flex-1 flex-col gap-y-3 overflow-y-auto">
          {error ? <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} /> : null}
          {!data && !error ? <Loading className="h-24" /> : null}
          {data?.snapshots.length === 0 ? <Text size="small">{detail.noSnapshots}</Text> : null}
          <ul className="divide-y">
            {(data?.snapshots ?? []).map((snapshot) => (
              <li key={snapshot.id} className="flex items-center justify-between gap-x-4 py-3">
                <div className="min-w-0">
                  <Text size="small" weight="plus">
                    {formatAbsolute(snapshot.taken_at)}
                  </Text>
                  <div className="txt-small text-ui-fg-subtle flex flex-wrap items-center gap-2">
                    <TimeAgo at={snapshot.taken_at} />
                    <span>{detail.snapshotItems(snapshot.item_count)}</span>
                    <Badge size="2xsmall">{detail.snapshotReason(snapshot.reason)}</Badge>
                  </div>
                </div>
                <ActionButton
                  action="operate"

                  isLoading={run.isPending}
                  aria-label={`${detail.putBack}: ${formatAbsolute(snapshot.taken_at)}`}
                  onClick={() => restore(snapshot.id)}
                >
                  {detail.putBack}
                </ActionButton>
              </li>
            ))}
          </ul>
          <FailureNote error={run.error} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  )
}
