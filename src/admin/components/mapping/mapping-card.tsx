import { Button, Container, Heading } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { useMappingCounts } from "../../hooks/mapping/use-mapping-queries"
import { LINK_FILTERS } from "../../hooks/use-listing-filters"
import { formatCount } from "../../lib/format"
import { LISTINGS_PATH } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ListingsLink } from "../listings-link"

/** How far the mapping is, with the way to it. */
export function MappingCard() {
  const texts = useTexts()
  const { data } = useMappingCounts()
  return (
    <Container className="flex flex-wrap items-center justify-between gap-4">
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2">
        <Heading level="h2">{texts.page.listings}</Heading>
        <dl className="flex flex-wrap gap-x-6 gap-y-1">
          {LINK_FILTERS.map((link) => (
            <div key={link} className="txt-small flex gap-x-1.5">
              <dt className="text-ui-fg-subtle">{texts.mapping.counts[link]}</dt>
              <dd className="tabular-nums">
                {data === undefined ? (
                  "…"
                ) : (
                  <ListingsLink
                    filters={{ link }}
                    label={texts.mapping.counts.show(formatCount(data.total[link]), texts.mapping.counts[link])}
                  >
                    {formatCount(data.total[link])}
                  </ListingsLink>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <Button size="small" variant="secondary" asChild>
        <Link to={LISTINGS_PATH}>{texts.mapping.title}</Link>
      </Button>
    </Container>
  )
}
