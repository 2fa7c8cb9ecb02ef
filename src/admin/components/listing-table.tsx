import { Table } from "@medusajs/ui"
import type { HubListingRow } from "../../types"
import { useTexts } from "../texts"
import { ListingRow } from "./listing-row"

interface ListingTableProps {
  readonly rows: readonly HubListingRow[]
  readonly onAskWhy: (row: HubListingRow) => void
}

export function ListingTable({ rows, onAskWhy }: ListingTableProps) {
  const texts = useTexts()
  const hasLocations = rows.some((row) => row.external_location_id !== null && row.external_location_id !== "*")
  return (
    <div className="overflow-x-auto">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">{texts.listing.sku}</Table.HeaderCell>
            <Table.HeaderCell scope="col" className="hidden md:table-cell">
              {texts.listing.title}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="hidden md:table-cell">
              {texts.listing.channel}
            </Table.HeaderCell>
            {hasLocations && (
              <Table.HeaderCell scope="col" className="hidden md:table-cell">
                {texts.listing.location}
              </Table.HeaderCell>
            )}
            <Table.HeaderCell scope="col" className="w-20 pe-3 text-end md:w-auto md:whitespace-nowrap md:pe-6">
              {texts.listing.shouldShow}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="w-20 text-end md:w-auto">
              {texts.listing.accepted}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="hidden md:table-cell">
              {texts.listing.stateColumn}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="hidden w-20 text-end md:table-cell">
              {texts.listing.age}
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {rows.map((row) => (
            <ListingRow key={row.id} row={row} hasLocations={hasLocations} onAskWhy={onAskWhy} />
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}
