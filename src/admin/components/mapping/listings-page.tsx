import { Button, clx, Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useCallback, useMemo, useState } from "react"
import { Link } from "react-router-dom"
import { ActionButton } from "../action-button"
import type { HubListingRow } from "../../../types"
import { useSuggestAgain, type BulkActionName } from "../../hooks/mapping/use-mapping-changes"
import { useMappingBatches, useMappingCounts } from "../../hooks/mapping/use-mapping-queries"
import { useSelection } from "../../hooks/mapping/use-selection"
import { NO_FILTERS, toApiFilter, toSearch, useListingFilters } from "../../hooks/use-listing-filters"
import { useListings } from "../../hooks/use-listings"
import { useTexts } from "../../texts"
import { ErrorState } from "../error-state"
import { ListingFiltersBar } from "../listing-filters-bar"
import { WhyDrawer, type WhyTarget } from "../why-drawer"
import { BulkBar } from "./bulk-bar"
import { BulkPrompt, type BulkPromptTarget } from "./bulk-prompt"
import { CreateListing } from "./create-listing"
import { CsvDrawer } from "./csv-drawer"
import { HistoryDrawer } from "./history-drawer"
import { LocationDrawer } from "./location-drawer"
import { MappingCounts } from "./mapping-counts"
import { MappingTable } from "./mapping-table"
import { ReviewDrawer } from "./review-drawer"
import { UndoBar } from "./undo-bar"
import { ViewsBar } from "./views-bar"

type Panel = "csv" | "locations" | "create" | "history" | null

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

/** What a drawer is about outlives its closing, so that it does not go blank on its way out. */
function useDrawerTarget<Target>() {
  const [target, setTarget] = useState<Target | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const open = useCallback((next: Target) => {
    setTarget(() => next)
    setIsOpen(true)
  }, [])
  const close = useCallback(() => setIsOpen(false), [])
  return { target, isOpen, open, close }
}

function Empty({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  const texts = useTexts()
  return (
    <div className="flex flex-col items-center gap-y-4 px-6 py-12 text-center">
      <Text size="small" className="text-ui-fg-subtle">
        {isFiltered ? texts.filters.none : texts.mapping.table.empty}
      </Text>
      {isFiltered ? (
        <Button size="small" variant="secondary" onClick={onClear}>
          {texts.mapping.filters.clear}
        </Button>
      ) : (
        <Button size="small" variant="secondary" asChild>
          <Link to="/hub">{texts.mapping.table.emptyLink}</Link>
        </Button>
      )}
    </div>
  )
}

function Tools({ channel, onPanel }: { readonly channel: string | null; readonly onPanel: (panel: Panel) => void }) {
  const texts = useTexts()
  const suggest = useSuggestAgain()
  return (
    <div className="flex flex-wrap gap-2">
      <ActionButton
        action="operate"

        title={texts.mapping.suggest.hint}
        isLoading={suggest.isPending}
        onClick={() => suggest.mutate(channel)}
      >
        {texts.mapping.suggest.button}
      </ActionButton>
      <Button size="small" variant="secondary" onClick={() => onPanel("locations")}>
        {texts.mapping.locations.button}
      </Button>
      <Button size="small" variant="secondary" onClick={() => onPanel("csv")}>
        {texts.mapping.csv.button}
      </Button>
      <Button size="small" variant="secondary" onClick={() => onPanel("history")}>
        {texts.mapping.undo.history}
      </Button>
      <ActionButton action="configure" variant="primary" onClick={() => onPanel("create")}>
        {texts.mapping.create.button}
      </ActionButton>
    </div>
  )
}

const SKELETON_ROWS = ["1", "2", "3", "4", "5", "6"]

function TableSkeleton() {
  const texts = useTexts()
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-y-3 px-6 py-4">
      {SKELETON_ROWS.map((row) => (
        <Skeleton key={row} className="h-10" />
      ))}
    </div>
  )
}

/** All listings of all channels: what they are, what they show, and what can be done about it. */
export function ListingsPage() {
  const texts = useTexts()
  const { filters, setFilters } = useListingFilters()
  const list = useListings(filters)
  const counts = useMappingCounts()
  const batches = useMappingBatches()
  const selection = useSelection(toSearch(filters))
  const why = useDrawerTarget<WhyTarget>()
  const review = useDrawerTarget<string>()
  const [panel, setPanel] = useState<Panel>(null)
  const [prompt, setPrompt] = useState<BulkPromptTarget | null>(null)
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.listings) ?? [], [list.data])
  const closePanel = () => setPanel(null)

  const { open: openWhy } = why
  const askWhy = useCallback(
    (row: HubListingRow) => {
      if (row.external_location_id !== null && row.link_state === "linked") {
        openWhy(toTarget(row, row.external_location_id))
      }
    },
    [openWhy]
  )
  const { open: openReview } = review
  const reviewRow = useCallback((row: HubListingRow) => openReview(row.listing_id), [openReview])
  const step = (by: -1 | 1) => {
    const ids = [...new Set(rows.map((row) => row.listing_id))]
    const next = ids[ids.indexOf(review.target ?? "") + by]
    if (next !== undefined) {
      review.open(next)
    }
  }
  const act = (action: BulkActionName) =>
    setPrompt({
      action,
      selection: selection.isAllMatching ? { filter: toApiFilter(filters) } : { ids: [...selection.ids] },
    })

  const lastBatch = batches.data?.pages[0]?.batches[0]
  const connections = counts.data?.connections ?? []
  const isFiltered = toSearch(filters) !== ""
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="flex flex-col gap-y-4 px-6 py-4">
        <div className="flex flex-wrap items-start justify-between gap-4">
          <div>
            <Heading level="h1">{texts.mapping.title}</Heading>
            <Text size="small" className="text-ui-fg-subtle">
              {texts.mapping.subtitle}
            </Text>
          </div>
          <Tools channel={filters.channel} onPanel={setPanel} />
        </div>
        <MappingCounts counts={counts.data} filters={filters} />
      </Container>
      <Container className="divide-y overflow-hidden p-0">
        <ViewsBar filters={filters} />
        <div className="px-6 py-4">
          <ListingFiltersBar
            filters={filters}
            connections={connections.map(({ connection_id: id, connection_name: name }) => ({ id, name }))}
            onChange={setFilters}
          />
        </div>
        {lastBatch !== undefined && (
          <UndoBar key={lastBatch.id} batch={lastBatch} onShowHistory={() => setPanel("history")} />
        )}
        {list.data === undefined ? (
          list.error ? (
            <ErrorState error={list.error} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
          ) : (
            <TableSkeleton />
          )
        ) : (
          <div
            aria-busy={list.isPlaceholderData}
            className={clx("transition-opacity", { "opacity-60": list.isPlaceholderData })}
          >
            {rows.length === 0 ? (
              <Empty isFiltered={isFiltered} onClear={() => setFilters(NO_FILTERS)} />
            ) : (
              <MappingTable rows={rows} selection={selection} onAskWhy={askWhy} onReview={reviewRow} />
            )}
            <div className="flex min-h-14 items-center justify-between gap-x-4 px-6 py-3">
              <Text size="small" className="text-ui-fg-subtle tabular-nums" aria-live="polite">
                {texts.listing.shown(rows.length, list.hasNextPage)}
              </Text>
              {list.hasNextPage && (
                <Button
                  size="small"
                  variant="secondary"
                  isLoading={list.isFetchingNextPage}
                  onClick={() => void list.fetchNextPage()}
                >
                  {texts.listing.loadMore}
                </Button>
              )}
            </div>
          </div>
        )}
      </Container>
      <BulkBar selection={selection} hasMore={list.hasNextPage} onAction={act} />
      <BulkPrompt
        target={prompt}
        onClose={() => setPrompt(null)}
        onDone={() => {
          setPrompt(null)
          selection.clear()
        }}
      />
      <WhyDrawer target={why.target} isOpen={why.isOpen} onClose={why.close} />
      <ReviewDrawer listingId={review.target} isOpen={review.isOpen} onClose={review.close} onStep={step} />
      <CsvDrawer filters={filters} isOpen={panel === "csv"} onClose={closePanel} />
      <LocationDrawer
        connections={connections}
        channel={filters.channel}
        isOpen={panel === "locations"}
        onClose={closePanel}
      />
      <CreateListing connections={connections} isOpen={panel === "create"} onClose={closePanel} />
      <HistoryDrawer isOpen={panel === "history"} onClose={closePanel} />
    </div>
  )
}
