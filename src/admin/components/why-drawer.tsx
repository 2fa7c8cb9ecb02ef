import { Button, Drawer, Skeleton, Text } from "@medusajs/ui"
import { useRef, useState } from "react"
import type { HubWhy } from "../../types"
import { useListingWhy, type WhyMoment } from "../hooks/use-why"
import { formatAbsolute } from "../lib/format"
import { useTexts } from "../texts"
import { Derivation } from "./derivation"
import { ErrorState } from "./error-state"
import { PastNumbers, type Moment } from "./mapping/past-numbers"
import { ListingBadge } from "./state-badge"

/** The listing, at the external location, whose number was asked about. */
export interface WhyTarget {
  readonly listingId: string
  readonly externalLocationId: string
  readonly title: string
  readonly description: string
}

function Answer({ why, isPast }: { readonly why: HubWhy; readonly isPast: boolean }) {
  const texts = useTexts()
  return (
    <div className="flex flex-col gap-y-6">
      {!isPast && (
        <div className="flex flex-wrap items-center gap-2">
          <ListingBadge state={why.state} />
          <Text size="small" className="text-ui-fg-subtle">
            {texts.listing.reason(why)}
          </Text>
        </div>
      )}
      <Derivation why={why} isPast={isPast} />
    </div>
  )
}

const toWhyMoment = (moment: Moment): WhyMoment =>
  moment.kind === "now" ? {} : moment.kind === "at" ? { at: moment.at } : { number_id: moment.id }

/** That an earlier number is explained, and the way back. */
function Past({ at, onBack }: { readonly at: string; readonly onBack: () => void }) {
  const texts = useTexts()
  return (
    <div
      role="status"
      className="bg-ui-bg-subtle flex flex-wrap items-center justify-between gap-2 rounded-lg px-3 py-2"
    >
      <Text size="small">{texts.mapping.past.showing(formatAbsolute(at))}</Text>
      <Button size="small" variant="secondary" onClick={onBack}>
        {texts.mapping.past.backToNow}
      </Button>
    </div>
  )
}

function WhyBody({ target }: { readonly target: WhyTarget }) {
  const texts = useTexts()
  const [moment, setMoment] = useState<Moment>({ kind: "now" })
  const { data, error, isFetching, refetch } = useListingWhy(target.listingId, toWhyMoment(moment))
  if (data) {
    const why = data.why.find((entry) => entry.external_location_id === target.externalLocationId)
    return (
      <div className="flex flex-col gap-y-6">
        {moment.kind !== "now" && <Past at={moment.at} onBack={() => setMoment({ kind: "now" })} />}
        {why ? <Answer why={why} isPast={moment.kind !== "now"} /> : <Text size="small">{texts.why.gone}</Text>}
        <PastNumbers
          listingId={target.listingId}
          externalLocationId={target.externalLocationId}
          moment={moment}
          onMoment={setMoment}
        />
      </div>
    )
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
            <WhyBody key={`${target.listingId}:${target.externalLocationId}`} target={target} />
          </Drawer.Body>
        </Drawer.Content>
      )}
    </Drawer>
  )
}
