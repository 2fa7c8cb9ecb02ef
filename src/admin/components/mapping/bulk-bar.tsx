import { Button, Text } from "@medusajs/ui"
import { ActionButton } from "../action-button"
import type { BulkActionName } from "../../hooks/mapping/use-mapping-changes"
import type { RowSelection } from "../../hooks/mapping/use-selection"
import { useTexts } from "../../texts"

const ACTIONS = [
  "accept",
  "reject",
  "link",
  "pack",
  "ignore",
  "unignore",
  "unlink",
] as const satisfies readonly BulkActionName[]

interface BulkBarProps {
  readonly selection: RowSelection
  /** Whether there is more than what is shown. */
  readonly hasMore: boolean
  readonly onAction: (action: BulkActionName) => void
}

/** What can be done with the listings that are ticked. Stays in sight while the table is scrolled. */
export function BulkBar({ selection, hasMore, onAction }: BulkBarProps) {
  const texts = useTexts()
  if (selection.ids.size === 0) {
    return null
  }
  return (
    <section
      aria-label={texts.mapping.bulk.label}
      className="bg-ui-bg-base shadow-elevation-flyout sticky bottom-2 mx-2 flex flex-wrap items-center gap-2 rounded-lg px-4 py-3"
    >
      <Text size="small" weight="plus" className="me-2 tabular-nums" aria-live="polite">
        {selection.isAllMatching ? texts.mapping.bulk.allSelected : texts.mapping.bulk.selected(selection.ids.size)}
      </Text>
      {ACTIONS.map((action) => (
        <ActionButton action="configure" key={action} onClick={() => onAction(action)}>
          {texts.mapping.bulk[action]}
        </ActionButton>
      ))}
      <div className="ms-auto flex gap-2">
        {hasMore && !selection.isAllMatching && (
          <Button size="small" variant="transparent" onClick={selection.selectAllMatching}>
            {texts.mapping.bulk.allMatching}
          </Button>
        )}
        <Button size="small" variant="transparent" onClick={selection.clear}>
          {texts.mapping.bulk.clear}
        </Button>
      </div>
    </section>
  )
}
