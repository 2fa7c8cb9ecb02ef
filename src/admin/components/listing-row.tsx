import { clx, Table, Text } from "@medusajs/ui"
import { memo } from "react"
import type { HubListingRow } from "../../types"
import { useTexts } from "../texts"
import { NumberWithWhy } from "./number-with-why"
import { ListingBadge } from "./state-badge"
import { TimeAgo } from "./time-ago"

/** The channel keeps one number for all locations; null: not linked, so there is no number at all. */
const hasLocation = (id: string | null): id is string => id !== null && id !== "*"

interface ListingRowProps {
  readonly row: HubListingRow
  readonly hasLocations: boolean
  readonly onAskWhy: (row: HubListingRow) => void
}

function reasonsOf(row: HubListingRow): string[] {
  const texts = useTexts()
  const drift = row.state === "conflict" && row.observed !== null ? texts.listing.observed(row.observed) : null
  const reason = drift ?? texts.listing.reason(row)
  return [reason, row.error].filter((text) => text !== null)
}

const Age = ({ row }: { readonly row: HubListingRow }) =>
  row.pending_since !== null && row.state !== "in-sync" ? <TimeAgo at={row.pending_since} isAge /> : null

function Standing({ row, hasAge = false }: { readonly row: HubListingRow; readonly hasAge?: boolean }) {
  return (
    <div className="flex flex-col gap-y-0.5">
      <div className="flex items-center gap-x-2">
        <ListingBadge state={row.state} />
        {hasAge && <Age row={row} />}
      </div>
      {reasonsOf(row).map((reason) => (
        <Text key={reason} size="xsmall" leading="compact" className="text-ui-fg-subtle line-clamp-2" title={reason}>
          {reason}
        </Text>
      ))}
    </div>
  )
}

/** On a narrow screen everything but the two numbers moves under the SKU. */
function Narrow({ row }: { readonly row: HubListingRow }) {
  const place = hasLocation(row.external_location_id) ? ` · ${row.external_location_id}` : ""
  return (
    <div className="txt-compact-xsmall flex flex-col gap-y-1 md:hidden">
      <span className="line-clamp-2 break-words">{row.title}</span>
      <span className="text-ui-fg-muted break-words">
        {row.connection_name}
        {place}
      </span>
      <Standing row={row} hasAge />
    </div>
  )
}

function WhatItIs({ row }: { readonly row: HubListingRow }) {
  const texts = useTexts()
  return (
    <div className="flex min-w-0 flex-col py-2">
      <span
        className={clx("break-words", row.external_sku === null ? "text-ui-fg-muted" : "text-ui-fg-base font-medium")}
      >
        {row.external_sku ?? texts.listing.noSku}
      </span>
      {row.pack_size > 1 && <span className="txt-compact-xsmall">{texts.listing.pack(row.pack_size)}</span>}
      <Narrow row={row} />
    </div>
  )
}

function Place({ row }: { readonly row: HubListingRow }) {
  const texts = useTexts()
  return hasLocation(row.external_location_id) ? (
    row.external_location_id
  ) : (
    <span className="sr-only">{texts.listing.allLocations}</span>
  )
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
  return row.external_location_id === null ? (
    <span className="text-ui-fg-muted">{texts.listing.noNumber}</span>
  ) : (
    <NumberWithWhy what={what} quantity={quantity} onAsk={() => onAskWhy(row)} className="text-end" />
  )
}

export const ListingRow = memo(function ListingRow({ row, hasLocations, onAskWhy }: ListingRowProps) {
  const texts = useTexts()
  return (
    <Table.Row>
      <Table.Cell className="pe-3 md:pe-6">
        <WhatItIs row={row} />
      </Table.Cell>
      <Table.Cell className="hidden max-w-64 md:table-cell">
        <span className="line-clamp-2 break-words">{row.title}</span>
      </Table.Cell>
      <Table.Cell className="hidden md:table-cell">{row.connection_name}</Table.Cell>
      {hasLocations && (
        <Table.Cell className="hidden md:table-cell">
          <Place row={row} />
        </Table.Cell>
      )}
      <Table.Cell className="pe-3 text-end md:pe-6">
        <Quantity row={row} what={texts.listing.shouldShow} quantity={row.desired} onAskWhy={onAskWhy} />
      </Table.Cell>
      <Table.Cell className="text-end">
        <Quantity row={row} what={texts.listing.accepted} quantity={row.acked} onAskWhy={onAskWhy} />
      </Table.Cell>
      <Table.Cell className="hidden max-w-72 py-2 md:table-cell">
        <Standing row={row} />
      </Table.Cell>
      <Table.Cell className="hidden w-20 text-end md:table-cell">
        <Age row={row} />
      </Table.Cell>
    </Table.Row>
  )
})
