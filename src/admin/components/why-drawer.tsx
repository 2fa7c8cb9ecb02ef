import { Drawer, Skeleton, Text } from "@medusajs/ui"
import { useRef } from "react"
import type { HubWhy } from "../../types"
import { useListingWhy } from "../hooks/use-why"
import { useTexts } from "../texts"
import { Derivation } from "./derivation"
import { ErrorState } from "./error-state"
import { ListingBadge } from "./state-badge"

/** The listing, at the external location, whose number was asked about. */
export interface WhyTarget {
  readonly listingId: string
  readonly externalLocationId: string
  readonly title: string
  readonly description: string
}

function Answer({ why }: { readonly why: HubWhy }) {
  const texts = useTexts()
  return (
    <div className="flex flex-col gap-y-6">
      <div className="flex flex-wrap items-center gap-2">
        <ListingBadge state={why.state} />
        <Text size="small" className="text-ui-fg-subtle">
          {texts.listing.reason(why)}
        </Text>
      </div>
      <Derivation why={why} />
    </div>
  )
}

function WhyBody({ target }: { readonly target: WhyTarget }) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useListingWhy(target.listingId)
  if (data) {
    const why = data.why.find((entry) => entry.external_location_id === target.externalLocationId)
    return why ? <Answer why={why} /> : <Text size="small">{texts.why.gone}</Text>
  }
  if (error) {
    return <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
  }
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-y-6">
      <Skeleton className="h-11" />
      <Skeleton className="h-5 w-24" />
      <Skeleton className="h-40" />
    </div>
  )
}

interface WhyDrawerProps {
  /** Kept while the drawer closes, so that it does not go blank on its way out. */
  readonly target: WhyTarget | null
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function WhyDrawer({ target, isOpen, onClose }: WhyDrawerProps) {
  // The drawer has no trigger of its own, so it would leave the keyboard nowhere when it closes.
  const opener = useRef<Element | null>(null)
  const giveBackFocus = (event: Event) => {
    event.preventDefault()
    if (opener.current instanceof HTMLElement) {
      opener.current.focus()
    }
  }
  return (
    <Drawer open={isOpen && target !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      {target !== null && (
        <Drawer.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement
          }}
          onCloseAutoFocus={giveBackFocus}
        >
          <Drawer.Header className="min-w-0">
            <Drawer.Title className="txt-compact-large-plus break-words">{target.title}</Drawer.Title>
            <Drawer.Description className="txt-small text-ui-fg-subtle">{target.description}</Drawer.Description>
          </Drawer.Header>
          <Drawer.Body className="overflow-y-auto">
            <WhyBody target={target} />
          </Drawer.Body>
        </Drawer.Content>
      )}
    </Drawer>
  )
}
