import { clx } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"
import { toSearch, type ListingFilters } from "../hooks/use-listing-filters"
import { LISTINGS_PATH } from "../lib/paths"

interface ListingsLinkProps {
  readonly filters: Partial<ListingFilters>
  readonly children: ReactNode
  /** What it leads to, when the children alone do not say it. */
  readonly label?: string
  readonly className?: string
}

/** Leads to the page of the listings, filtered. */
export const ListingsLink = ({ filters, children, label, className }: ListingsLinkProps) => (
  <Link
    to={{ pathname: LISTINGS_PATH, search: toSearch(filters) }}
    aria-label={label}
    className={clx(
      "hover:text-ui-fg-interactive decoration-ui-fg-muted focus-visible:shadow-borders-focus rounded-md outline-none",
      "underline decoration-dotted underline-offset-4",
      className
    )}
  >
    {children}
  </Link>
)
