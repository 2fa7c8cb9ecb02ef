import { ArrowUturnLeft, ClockSolid } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { ActionButton } from "../action-button"
import type { HubMappingBatch } from "../../../types"
import { useUndoBatch } from "../../hooks/mapping/use-mapping-changes"
import { describeError } from "../../lib/describe-error"
import { useTexts } from "../../texts"
import { TimeAgo } from "../time-ago"

interface UndoBarProps {
  /** The newest change. */
  readonly batch: HubMappingBatch
  readonly onShowHistory: () => void
}

/** What was changed last, by whom, and the way back. It stays until something else is the last change. */
export function UndoBar({ batch, onShowHistory }: UndoBarProps) {
  const texts = useTexts()
  const undo = useUndoBatch()
  return (
    <section
      aria-label={texts.mapping.undo.label}
      className="bg-ui-bg-subtle flex flex-wrap items-center gap-x-3 gap-y-2 px-6 py-2"
    >
      <ClockSolid aria-hidden className="text-ui-fg-subtle shrink-0" />
      <Text size="small" className="min-w-0">
        {texts.mapping.undo.what(batch)}{" "}
        <span className="text-ui-fg-subtle">
          {texts.mapping.undo.by(batch.requested_by_name)} · <TimeAgo at={batch.created_at} />
          {batch.undone_at !== null && ` · ${texts.mapping.undo.undone(batch.undone_by_name)}`}
        </span>
      </Text>
      <div className="ms-auto flex gap-x-2">
        {batch.undone_at === null && (
          <ActionButton action="configure" isLoading={undo.isPending} onClick={() => undo.mutate(batch.id)}>
            <ArrowUturnLeft aria-hidden />
            {texts.mapping.undo.button}
          </ActionButton>
        )}
        <Button size="small" variant="transparent" onClick={onShowHistory}>
          {texts.mapping.undo.history}
        </Button>
      </div>
      {undo.data !== undefined && undo.data.left_count > 0 && (
        <Text size="small" role="status" className="w-full">
          {texts.mapping.undo.left(undo.data.left_count)}:{" "}
          {undo.data.left
            .slice(0, 10)
            .map((listing) => listing.external_sku ?? listing.title)
            .join(", ")}
        </Text>
      )}
      {undo.isError && (
        <Text size="small" role="alert" className="text-ui-fg-error w-full">
          {describeError(undo.error, texts).raw}
        </Text>
      )}
    </section>
  )
}
