import { Button, clx, Text } from "@medusajs/ui"
import { useChannelNames } from "../../hooks/use-channel-names"
import { RUN_KIND_NAMES, RUN_STATE_NAMES, useRunFilters } from "../../hooks/use-run-filters"
import { useRuns, type RunFilters } from "../../hooks/use-runs"
import { useTexts } from "../../texts"
import { ChoiceFilter } from "../choice-filter"
import { EmptyState } from "../empty-state"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"
import { RunTable } from "./run-table"

interface FiltersProps {
  readonly filters: RunFilters
  readonly onChange: (change: Partial<RunFilters>) => void
}

function Filters({ filters, onChange }: FiltersProps) {
  const texts = useTexts()
  const { data: channels = [] } = useChannelNames()
  return (
    <div role="search" className="flex flex-col gap-3 px-6 py-4 sm:flex-row sm:flex-wrap">
      <ChoiceFilter
        label={texts.filters.channel}
        allText={texts.runs.allChannels}
        choices={channels.map(({ id, name }) => ({ value: id, text: name }))}
        value={filters.channel}
        onChange={(channel) => onChange({ channel })}
      />
      <ChoiceFilter
        label={texts.runs.kindFilter}
        allText={texts.runs.allKinds}
        choices={RUN_KIND_NAMES.map((kind) => ({ value: kind, text: texts.runs.kind[kind] }))}
        value={filters.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <ChoiceFilter
        label={texts.filters.state}
        allText={texts.runs.allStates}
        choices={RUN_STATE_NAMES.map((state) => ({ value: state, text: texts.runs.state[state] }))}
        value={filters.state}
        onChange={(state) => onChange({ state })}
      />
    </div>
  )
}

function Pages({ filters, onClear }: { readonly filters: RunFilters; readonly onClear: () => void }) {
  const texts = useTexts()
  const { data, error, isFetching, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useRuns(filters)
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton />
    )
  }
  const runs = data.pages.flatMap((page) => page.runs)
  if (runs.length === 0) {
    const isFiltered = Object.values(filters).some((filter) => filter !== null)
    return (
      <EmptyState text={isFiltered ? texts.runs.noneFiltered : texts.runs.none}>
        {isFiltered && (
          <Button size="small" variant="secondary" onClick={onClear}>
            {texts.filters.clear}
          </Button>
        )}
      </EmptyState>
    )
  }
  return (
    <div aria-busy={isPlaceholderData} className={clx("transition-opacity", { "opacity-60": isPlaceholderData })}>
      <RunTable runs={runs} />
      <div className="flex min-h-14 items-center justify-between gap-x-4 px-6 py-3">
        <Text size="small" className="text-ui-fg-subtle tabular-nums" aria-live="polite">
          {texts.runs.shown(runs.length, hasNextPage)}
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

/** All runs, the newest first, with filters that live in the address. */
export function RunList() {
  const { filters, setFilters } = useRunFilters()
  return (
    <>
      <Filters filters={filters} onChange={setFilters} />
      <Pages filters={filters} onClear={() => setFilters({ channel: null, kind: null, state: null })} />
    </>
  )
}
