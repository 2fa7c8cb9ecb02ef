import { Checkbox, Table, Text } from "@medusajs/ui"
import { useCallback, useMemo, useRef } from "react"
import type { HubListingRow } from "../../../types"
import { useRowKeys } from "../../hooks/mapping/use-row-keys"
import type { RowSelection } from "../../hooks/mapping/use-selection"
import { useTexts } from "../../texts"
import { MappingRow } from "./mapping-row"

interface MappingTableProps {
  readonly rows: readonly HubListingRow[]
  readonly selection: RowSelection
  readonly onAskWhy: (row: HubListingRow) => void
  readonly onReview: (row: HubListingRow) => void
}

const HIDDEN = "hidden pe-3 lg:table-cell"

function Head({ children, className = "" }: { readonly children: string; readonly className?: string }) {
  return (
    <Table.HeaderCell scope="col" className={className}>
      {children}
    </Table.HeaderCell>
  )
}

function HeaderRow({ rows, selection }: Pick<MappingTableProps, "rows" | "selection">) {
  const texts = useTexts()
  const ids = rows.map((row) => row.listing_id)
  const isAll = ids.length > 0 && ids.every((id) => selection.ids.has(id))
  const isSome = ids.some((id) => selection.ids.has(id))
  return (
    <Table.Row>
      <Table.HeaderCell scope="col" className="w-12 !pe-3">
        <Checkbox
          checked={isAll || (isSome ? "indeterminate" : false)}
          onCheckedChange={() => selection.setMany(ids, !isAll)}
          aria-label={texts.mapping.table.selectAll}
        />
      </Table.HeaderCell>
      <Head className="pe-3">{texts.listing.sku}</Head>
      <Head className={HIDDEN}>{texts.mapping.table.external}</Head>
      <Head className={HIDDEN}>{texts.mapping.table.variant}</Head>
      <Head className={`${HIDDEN} text-end`}>{texts.mapping.table.pack}</Head>
      <Head className="w-20 pe-3 text-end lg:whitespace-nowrap">{texts.listing.shouldShow}</Head>
      <Head className="w-20 pe-3 text-end">{texts.listing.accepted}</Head>
      <Head className={`${HIDDEN} text-end`}>{texts.mapping.table.observed}</Head>
      <Head className={HIDDEN}>{texts.listing.stateColumn}</Head>
      <Head className="hidden text-end lg:table-cell">{texts.mapping.table.lastWrite}</Head>
    </Table.Row>
  )
}

/** Listings, one row for each external location, to be read, ticked and gone through with the keyboard. */
export function MappingTable({ rows, selection, onAskWhy, onReview }: MappingTableProps) {
  const texts = useTexts()
  const latest = useRef(rows)
  latest.current = rows
  const withRow = useCallback((index: number, act: (row: HubListingRow) => void) => {
    const row = latest.current[index]
    if (row) {
      act(row)
    }
  }, [])
  const { toggle } = selection
  const keys = useRowKeys(rows.length, {
    onToggle: useCallback((index: number) => withRow(index, (row) => toggle(row.listing_id)), [withRow, toggle]),
    onOpen: useCallback((index: number) => withRow(index, onReview), [withRow, onReview]),
    onWhy: useCallback((index: number) => withRow(index, onAskWhy), [withRow, onAskWhy]),
  })
  const actions = useMemo(
    () => ({ onAskWhy, onReview, onToggle: toggle, onFocusRow: keys.setCurrent }),
    [onAskWhy, onReview, toggle, keys.setCurrent]
  )
  return (
    <div className="overflow-x-auto" onKeyDown={keys.onKeyDown}>
      <Table aria-label={texts.mapping.table.label}>
        <Table.Header>
          <HeaderRow rows={rows} selection={selection} />
        </Table.Header>
        <Table.Body>
          {rows.map((row, index) => (
            <MappingRow
              key={row.id}
              row={row}
              index={index}
              isCurrent={index === keys.current}
              isSelected={selection.isAllMatching || selection.ids.has(row.listing_id)}
              actions={actions}
            />
          ))}
        </Table.Body>
      </Table>
      <Text size="xsmall" className="text-ui-fg-subtle hidden px-6 pt-3 lg:block">
        {texts.mapping.table.keys}
      </Text>
    </div>
  )
}
