import { Checkbox, clx, Table } from "@medusajs/ui"
import { memo } from "react"
import type { HubListingRow } from "../../../types"
import { useTexts } from "../../texts"
import { NumberWithWhy } from "../number-with-why"
import { TimeAgo } from "../time-ago"
import { LinkCell } from "./link-cell"
import { ListingStanding } from "./listing-standing"

/** The channel keeps one number for all locations; null: not linked, so there is no number at all. */
const placeOf = (row: HubListingRow): string | null =>
  row.external_location_id === null || row.external_location_id === "*" ? null : row.external_location_id

export interface RowActions {
  readonly onAskWhy: (row: HubListingRow) => void
  readonly onReview: (row: HubListingRow) => void
  readonly onToggle: (listingId: string) => void
  readonly onFocusRow: (index: number) => void
}

interface MappingRowProps {
  readonly row: HubListingRow
  readonly index: number
  readonly isCurrent: boolean
  readonly isSelected: boolean
  readonly actions: RowActions
}

interface QuantityProps {
  readonly row: HubListingRow
  readonly what: string
  readonly quantity: number | null
  readonly onAskWhy: (row: HubListingRow) => void
}

/** A listing that is not linked gets no number from us, so there is nothing to ask. */
function Quantity({ row, what, quantity, onAskWhy }: QuantityProps) {
  const texts = useTexts()
  return row.external_location_id === null || row.link_state !== "linked" ? (
    <span className="text-ui-fg-subtle" aria-label={texts.listing.noNumber}>
      –
    </span>
  ) : (
    <NumberWithWhy what={what} quantity={quantity} onAsk={() => onAskWhy(row)} className="text-end" />
  )
}

function Identity({ row }: { readonly row: HubListingRow }) {
  const texts = useTexts()
  return (
    <div className="flex min-w-0 flex-col py-2">
      <span
        className={clx("break-words", row.external_sku === null ? "text-ui-fg-subtle" : "text-ui-fg-base font-medium")}
      >
        {row.external_sku ?? texts.listing.noSku}
      </span>
      <span className="txt-compact-xsmall text-ui-fg-subtle line-clamp-2 break-words" title={row.title}>
        {row.title}
      </span>
    </div>
  )
}

function OnChannel({ row }: { readonly row: HubListingRow }) {
  const place = placeOf(row)
  return (
    <div className="flex min-w-0 flex-col">
      <span className="break-words">
        {row.connection_name}
        {place === null ? "" : ` · ${place}`}
      </span>
      <span className="txt-compact-xsmall text-ui-fg-subtle break-all">{row.external_id}</span>
    </div>
  )
}

/** On a narrow screen everything but the two numbers moves under the SKU. */
function Narrow({ row, onReview }: { readonly row: HubListingRow; readonly onReview: (row: HubListingRow) => void }) {
  const texts = useTexts()
  return (
    <div className="txt-compact-small flex flex-col gap-y-2 pb-2 lg:hidden">
      <OnChannel row={row} />
      <LinkCell row={row} onReview={onReview} />
      {row.pack_size > 1 && <span className="txt-compact-xsmall">{texts.listing.pack(row.pack_size)}</span>}
      <ListingStanding row={row} />
    </div>
  )
}

export const MappingRow = memo(function MappingRow({ row, index, isCurrent, isSelected, actions }: MappingRowProps) {
  const texts = useTexts()
  const { onAskWhy, onReview, onToggle, onFocusRow } = actions
  const name = row.external_sku ?? row.title
  return (
    <Table.Row
      data-row={index}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={() => onFocusRow(index)}
      aria-selected={isSelected}
      className={clx(
        "focus-visible:outline-ui-border-interactive outline-none focus-visible:outline focus-visible:outline-2 focus-visible:-outline-offset-2",
        { "bg-ui-bg-highlight": isSelected }
      )}
    >
      <Table.Cell className="w-12 !pe-3">
        <Checkbox
          checked={isSelected}
          onCheckedChange={() => onToggle(row.listing_id)}
          aria-label={texts.mapping.table.select(name)}
        />
      </Table.Cell>
      <Table.Cell className="max-w-56 pe-3">
        <Identity row={row} />
        <Narrow row={row} onReview={onReview} />
      </Table.Cell>
      <Table.Cell className="hidden max-w-40 pe-3 lg:table-cell">
        <OnChannel row={row} />
      </Table.Cell>
      <Table.Cell className="hidden max-w-44 pe-3 lg:table-cell">
        <LinkCell row={row} onReview={onReview} />
      </Table.Cell>
      <Table.Cell className="hidden pe-3 text-end tabular-nums lg:table-cell">
        {row.pack_size > 1 ? `×${row.pack_size}` : ""}
      </Table.Cell>
      <Table.Cell className="pe-3 text-end">
        <Quantity row={row} what={texts.listing.shouldShow} quantity={row.desired} onAskWhy={onAskWhy} />
      </Table.Cell>
      <Table.Cell className="pe-3 text-end">
        <Quantity row={row} what={texts.listing.accepted} quantity={row.acked} onAskWhy={onAskWhy} />
      </Table.Cell>
      <Table.Cell className="hidden pe-3 text-end lg:table-cell">
        {row.observed === null || row.link_state !== "linked" ? (
          <span className="text-ui-fg-subtle" aria-label={texts.listing.noNumber}>
            –
          </span>
        ) : (
          <NumberWithWhy
            what={texts.mapping.table.observed}
            quantity={row.observed}
            onAsk={() => onAskWhy(row)}
            className="text-end"
          />
        )}
      </Table.Cell>
      <Table.Cell className="hidden max-w-52 py-2 pe-3 lg:table-cell">
        <ListingStanding row={row} />
      </Table.Cell>
      <Table.Cell className="text-ui-fg-subtle hidden text-end lg:table-cell">
        {row.last_write_at === null ? texts.mapping.table.never : <TimeAgo at={row.last_write_at} isAge />}
      </Table.Cell>
    </Table.Row>
  )
})
