import { clx } from "@medusajs/ui"
import type { HubListingRow } from "../../../types"
import { useTexts } from "../../texts"
import type { Texts } from "../../texts/texts"

function wordsOf(row: HubListingRow, texts: Texts): { readonly main: string; readonly note: string } {
  const { table } = texts.mapping
  if (row.link_state === "linked") {
    const score = row.link_score === null || row.link_score === 100 ? "" : ` · ${table.score(row.link_score)}`
    return {
      main: row.variant_sku ?? row.variant_title ?? table.noVariant,
      note: table.evidence(row.link_evidence) + score,
    }
  }
  if (row.link_state === "ignored") {
    return { main: row.variant_sku ?? table.noVariant, note: texts.mapping.review.ignored }
  }
  if (row.suggestion_score === null) {
    return { main: table.choose, note: texts.mapping.review.notLinked }
  }
  return {
    main: row.suggested_variant_id === null ? table.ambiguous : table.suggestion(row.suggested_variant_sku ?? ""),
    note: table.score(row.suggestion_score),
  }
}

interface LinkCellProps {
  readonly row: HubListingRow
  readonly onReview: (row: HubListingRow) => void
}

/** What a listing is linked to, or what it may be; opens the review. */
export function LinkCell({ row, onReview }: LinkCellProps) {
  const texts = useTexts()
  const { main, note } = wordsOf(row, texts)
  return (
    <button
      type="button"
      onClick={() => onReview(row)}
      aria-haspopup="dialog"
      title={row.variant_title ?? undefined}
      className="focus-visible:shadow-borders-focus flex min-w-0 flex-col rounded-md text-start outline-none"
    >
      <span
        className={clx(
          "decoration-ui-fg-muted hover:text-ui-fg-interactive break-all underline decoration-dotted underline-offset-4",
          row.link_state === "linked" ? "text-ui-fg-base" : "text-ui-fg-subtle"
        )}
      >
        {main}
      </span>{" "}
      <span className="txt-compact-xsmall text-ui-fg-subtle">{note}</span>
      <span className="sr-only">. {texts.mapping.table.review(row.external_sku ?? row.title)}</span>
    </button>
  )
}
