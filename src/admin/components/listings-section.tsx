import { Button, clx, Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useCallback, useState } from "react"
import type { HubConnectionSummary, HubListingRow } from "../../types"
import { useListingFilters, type ListingFilters } from "../hooks/use-listing-filters"
import { useListings } from "../hooks/use-listings"
import { LISTINGS_ID } from "../lib/anchors"
import { useTexts } from "../texts"
import { ErrorState } from "./error-state"
import { ListingFiltersBar } from "./listing-filters-bar"
import { ListingTable } from "./listing-table"
import { WhyDrawer, type WhyTarget } from "./why-drawer"

function toTarget(row: HubListingRow, externalLocationId: string): WhyTarget {
  const title = row.title === row.external_sku ? "" : row.title
  const place = externalLocationId === "*" ? "" : externalLocationId
  return {
    listingId: row.listing_id,
    externalLocationId,
    title: row.external_sku ?? row.title,
    description: [title, row.connection_name, place].filter((part) => part !== "").join(" · "),
  }
}

function NoListings({ filters, onClear }: { readonly filters: ListingFilters; readonly onClear: () => void }) {
  const texts = useTexts()
  const isFiltered = filters.search !== "" || filters.channel !== null || filters.state !== null
  return (
    <div className="flex flex-col items-center gap-y-4 px-6 py-12 text-center">
      <Text size="small" className="text-ui-fg-subtle">
        {isFiltered ? texts.filters.none : texts.empty.noListings}
      </Text>
      {isFiltered && (
        <Button size="small" variant="secondary" onClick={onClear}>
          {texts.filters.clear}
        </Button>
      )}
    </div>
  )
}

const SKELETON_ROWS = ["1", "2", "3", "4", "5", "6"]

function ListingSkeleton() {
  const texts = useTexts()
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-y-3 px-6 py-4">
      {SKELETON_ROWS.map((row) => (
        <Skeleton key={row} className="h-8" />
      ))}
    </div>
  )
}

function Listings({ filters, onClear }: { readonly filters: ListingFilters; readonly onClear: () => void }) {
  const texts = useTexts()
  const { data, error, isFetching, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useListings(filters)
  const [target, setTarget] = useState<WhyTarget | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const askWhy = useCallback((row: HubListingRow) => {
    if (row.external_location_id !== null) {
      setTarget(toTarget(row, row.external_location_id))
      setIsOpen(true)
    }
  }, [])
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <ListingSkeleton />
    )
  }
  const rows = data.pages.flatMap((page) => page.listings)
  return (
    <div aria-busy={isPlaceholderData} className={clx("transition-opacity", { "opacity-60": isPlaceholderData })}>
      {rows.length === 0 ? (
        <NoListings filters={filters} onClear={onClear} />
      ) : (
        <ListingTable rows={rows} onAskWhy={askWhy} />
      )}
      <div className="flex min-h-14 items-center justify-between gap-x-4 px-6 py-3">
        <Text size="small" className="text-ui-fg-subtle tabular-nums" aria-live="polite">
          {texts.listing.shown(rows.length, hasNextPage)}
        </Text>
        {hasNextPage && (
          <Button size="small" variant="secondary" isLoading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {texts.listing.loadMore}
          </Button>
        )}
      </div>
      <WhyDrawer target={target} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </div>
  )
}

export function ListingsSection({ connections }: { readonly connections: readonly HubConnectionSummary[] }) {
  const texts = useTexts()
  const { filters, setFilters } = useListingFilters()
  const clear = () => setFilters({ search: "", channel: null, state: null })
  return (
    <Container id={LISTINGS_ID} tabIndex={-1} className="divide-y p-0 outline-none">
      <div className="flex flex-col gap-y-4 px-6 py-4">
        <Heading level="h2">{texts.page.listings}</Heading>
        <ListingFiltersBar filters={filters} connections={connections} onChange={setFilters} />
      </div>
      <Listings filters={filters} onClear={clear} />
    </Container>
  )
}
