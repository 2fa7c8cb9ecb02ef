import { clx, Table, Text } from "@medusajs/ui"
import { memo } from "react"
import type { HubListingRow } from "../../types"
import { texts } from "../lib/texts"
import { NumberWithWhy } from "./number-with-why"
import { ListingBadge } from "./state-badge"
import { TimeAgo } from "./time-ago"

const ANY_LOCATION = "*"

interface ListingRowProps {
  readonly row: HubListingRow
  readonly hasLocations: boolean
  readonly onAskWhy: (row: HubListingRow) => void
}

function reasonsOf(row: HubListingRow): string[] {
  const drift = row.state === "conflict" && row.observed !== null ? texts.listing.observed(row.observed) : null
  const reason = row.link_state === "linked" ? (drift ?? texts.listing.reason(row)) : null
  return [reason, row.error].filter((text) => text !== null)
}

function Standing({ row }: { readonly row: HubListingRow }) {
  return (
    <div className="flex flex-col gap-y-0.5">
      <ListingBadge state={row.state} linkState={row.link_state} />
      {reasonsOf(row).map((reason) => (
        <Text key={reason} size="xsmall" leading="compact" className="text-ui-fg-subtle line-clamp-2" title={reason}>
          {reason}
        </Text>
      ))}
    </div>
  )
}

const Age = ({ row }: { readonly row: HubListingRow }) =>
  row.pending_since !== null && row.state !== "in-sync" ? <TimeAgo at={row.pending_since} isAge /> : null

/** On a narrow screen everything but the two numbers moves under the SKU. */
function Narrow({ row }: { readonly row: HubListingRow }) {
  const place = row.external_location_id === ANY_LOCATION ? "" : ` · ${row.external_location_id}`
  return (
    <div className="txt-compact-xsmall flex flex-col gap-y-1 md:hidden">
      <span className="line-clamp-2 break-words">{row.title}</span>
      <span className="text-ui-fg-muted break-words">
        {row.connection_name}
        {place}
      </span>
      <div className="flex items-start gap-x-2">
        <Standing row={row} />
        <Age row={row} />
      </div>
    </div>
  )
}

function WhatItIs({ row }: { readonly row: HubListingRow }) {
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
  return row.external_location_id === ANY_LOCATION ? (
    <span className="sr-only">{texts.listing.allLocations}</span>
  ) : (
    row.external_location_id
  )
}

export const ListingRow = memo(function ListingRow({ row, hasLocations, onAskWhy }: ListingRowProps) {
  const ask = () => onAskWhy(row)
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
        <NumberWithWhy what={texts.listing.shouldShow} quantity={row.desired} onAsk={ask} className="text-end" />
      </Table.Cell>
      <Table.Cell className="text-end">
        <NumberWithWhy what={texts.listing.accepted} quantity={row.acked} onAsk={ask} className="text-end" />
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
