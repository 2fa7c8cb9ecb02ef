import { clx, Skeleton } from "@medusajs/ui"
import { Link } from "react-router-dom"
import type { HubMappingCountsResponse } from "../../../types"
import { LINK_FILTERS, toSearch, type ListingFilters } from "../../hooks/use-listing-filters"
import { formatCount } from "../../lib/format"
import { useTexts } from "../../texts"

interface MappingCountsProps {
  readonly counts: HubMappingCountsResponse | undefined
  readonly filters: ListingFilters
}

/** How far the mapping is, of one channel or of all; each number leads to what it counts. */
export function MappingCounts({ counts, filters }: MappingCountsProps) {
  const texts = useTexts()
  const { channel } = filters
  const counted =
    channel === null ? counts?.total : counts?.connections.find((entry) => entry.connection_id === channel)
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {LINK_FILTERS.map((link) => (
        <div key={link} className="flex flex-col">
          <dt className="txt-compact-xsmall text-ui-fg-subtle">{texts.mapping.counts[link]}</dt>
          <dd className="txt-compact-large-plus tabular-nums">
            {counted === undefined ? (
              <Skeleton className="h-6 w-12" />
            ) : (
              <Link
                to={{ search: toSearch({ channel, link: filters.link === link ? null : link }) }}
                aria-current={filters.link === link ? "true" : undefined}
                aria-label={texts.mapping.counts.show(formatCount(counted[link]), texts.mapping.counts[link])}
                className={clx(
                  "hover:text-ui-fg-interactive decoration-ui-fg-muted focus-visible:shadow-borders-focus rounded-md underline decoration-dotted underline-offset-4 outline-none",
                  { "text-ui-fg-interactive": filters.link === link }
                )}
              >
                {formatCount(counted[link])}
              </Link>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
