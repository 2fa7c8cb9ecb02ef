import { Button, clx, Text } from "@medusajs/ui"
import { useState } from "react"
import {
  inboundQuery,
  NO_INBOUND_FILTERS,
  useInbound,
  useInboundFilters,
  type InboundFilters,
} from "../../hooks/use-inbound"
import { useTexts } from "../../texts"
import { EmptyState } from "../empty-state"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"
import { InboundFiltersBar } from "./inbound-filters"
import { InboundTable } from "./inbound-table"
import { MessageDrawer } from "./message-drawer"
import { ReplayButton } from "./replay-button"

const isFiltered = (filters: InboundFilters): boolean => Object.values(filters).some((filter) => filter !== null)

interface SelectionBarProps {
  readonly selected: ReadonlySet<string>
  readonly filters: InboundFilters
  readonly onClear: () => void
}

/** What a filter shows can be replayed as a whole, unless it shows what is no message, or what a search has found. */
const mayReplayAll = ({ state, search }: InboundFilters): boolean =>
  search === null && (state === "failed" || state === "stale" || state === "processed")

function SelectionBar({ selected, filters, onClear }: SelectionBarProps) {
  const { inbound } = useTexts()
  if (selected.size === 0 && !mayReplayAll(filters)) {
    return null
  }
  return (
    <div className="bg-ui-bg-subtle flex flex-wrap items-center gap-3 px-6 py-3">
      {selected.size > 0 ? (
        <>
          <Text size="small" aria-live="polite" className="tabular-nums">
            {inbound.selected(selected.size)}
          </Text>
          <ReplayButton messages={() => ({ ids: [...selected] })} text={inbound.replaySelected(selected.size)} />
          <Button size="small" variant="transparent" onClick={onClear}>
            {inbound.clearSelection}
          </Button>
        </>
      ) : (
        <ReplayButton messages={() => ({ filter: inboundQuery(filters) })} text={inbound.replayShown} />
      )}
    </div>
  )
}

interface PagesProps {
  readonly filters: InboundFilters
  readonly onClear: () => void
  readonly onOpen: (id: string) => void
}

function Pages({ filters, onClear, onOpen }: PagesProps) {
  const texts = useTexts()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const { data, error, isFetching, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInbound(filters)
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton />
    )
  }
  const messages = data.pages.flatMap((page) => page.messages)
  if (messages.length === 0) {
    return (
      <EmptyState text={isFiltered(filters) ? texts.inbound.noneFiltered : texts.inbound.none}>
        {isFiltered(filters) && (
          <Button size="small" variant="secondary" onClick={onClear}>
            {texts.filters.clear}
          </Button>
        )}
      </EmptyState>
    )
  }
  const select = (id: string, isSelected: boolean): void =>
    setSelected((current) => new Set(isSelected ? [...current, id] : [...current].filter((other) => other !== id)))
  return (
    <div aria-busy={isPlaceholderData} className={clx("transition-opacity", { "opacity-60": isPlaceholderData })}>
      <SelectionBar selected={selected} filters={filters} onClear={() => setSelected(new Set())} />
      <InboundTable messages={messages} selected={selected} onSelect={select} onOpen={onOpen} />
      <div className="flex min-h-14 items-center justify-between gap-x-4 px-6 py-3">
        <Text size="small" className="text-ui-fg-subtle tabular-nums" aria-live="polite">
          {texts.inbound.shown(messages.length, hasNextPage)}
        </Text>
        {hasNextPage && (
          <Button size="small" variant="secondary" isLoading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {texts.listing.loadMore}
          </Button>
        )}
      </div>
    </div>
  )
}

/** All messages, the newest first, with filters that live in the address, and one of them in detail. */
export function InboundList() {
  const { filters, change, messageId } = useInboundFilters()
  return (
    <>
      <InboundFiltersBar filters={filters} onChange={change} />
      <Pages
        key={JSON.stringify(filters)}
        filters={filters}
        onClear={() => change({ ...NO_INBOUND_FILTERS })}
        onOpen={(message) => change({ message })}
      />
      <MessageDrawer id={messageId} onClose={() => change({ message: null })} />
    </>
  )
}
