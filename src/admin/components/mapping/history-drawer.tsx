import { Button, Drawer, Text } from "@medusajs/ui"
import { ActionButton } from "../action-button"
import type { HubMappingBatch } from "../../../types"
import { useUndoBatch } from "../../hooks/mapping/use-mapping-changes"
import { useMappingBatches } from "../../hooks/mapping/use-mapping-queries"
import { describeError } from "../../lib/describe-error"
import { useTexts } from "../../texts"
import { TimeAgo } from "../time-ago"

function Entry({ batch }: { readonly batch: HubMappingBatch }) {
  const texts = useTexts()
  const undo = useUndoBatch()
  const file = batch.scope?.["file_name"]
  const notes = [
    ...(typeof file === "string" ? [texts.mapping.undo.file(file)] : []),
    ...(batch.skipped_count > 0 ? [texts.mapping.undo.skipped(batch.skipped_count)] : []),
    ...(batch.undone_at === null ? [] : [texts.mapping.undo.undone(batch.undone_by_name)]),
    ...(batch.left_count > 0 ? [texts.mapping.undo.left(batch.left_count)] : []),
  ]
  return (
    <li className="flex items-start justify-between gap-x-4 py-3">
      <div className="flex min-w-0 flex-col gap-y-0.5">
        <Text size="small" weight="plus" leading="compact">
          {texts.mapping.undo.what(batch)}
        </Text>
        <Text size="small" leading="compact" className="text-ui-fg-subtle">
          {texts.mapping.undo.by(batch.requested_by_name)} · <TimeAgo at={batch.created_at} />
        </Text>
        {notes.map((note) => (
          <Text key={note} size="xsmall" className="text-ui-fg-subtle break-words">
            {note}
          </Text>
        ))}
        {undo.isError && (
          <Text size="xsmall" role="alert" className="text-ui-fg-error">
            {describeError(undo.error, texts).raw}
          </Text>
        )}
      </div>
      {batch.undone_at === null && (
        <ActionButton action="configure" isLoading={undo.isPending} onClick={() => undo.mutate(batch.id)}>
          {texts.mapping.undo.button}
        </ActionButton>
      )}
    </li>
  )
}

interface HistoryDrawerProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Every change of the mapping, with who and when, each to be undone. */
export function HistoryDrawer({ isOpen, onClose }: HistoryDrawerProps) {
  const texts = useTexts()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useMappingBatches()
  const batches = data?.pages.flatMap((page) => page.batches) ?? []
  return (
    <Drawer open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{texts.mapping.undo.historyTitle}</Drawer.Title>
          <Drawer.Description className="txt-small text-ui-fg-subtle">
            {texts.mapping.undo.historyText}
          </Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="overflow-y-auto">
          {batches.length === 0 ? (
            <Text size="small" className="text-ui-fg-subtle">
              {texts.mapping.undo.none}
            </Text>
          ) : (
            <ul className="divide-y">
              {batches.map((batch) => (
                <Entry key={batch.id} batch={batch} />
              ))}
            </ul>
          )}
          {hasNextPage && (
            <Button
              size="small"
              variant="secondary"
              isLoading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {texts.mapping.undo.more}
            </Button>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  )
}
