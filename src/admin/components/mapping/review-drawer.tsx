import { CheckCircleSolid } from "@medusajs/icons"
import { Badge, Button, Drawer, Heading, Input, Label, Skeleton, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { ActionButton } from "../action-button"
import type { HubCandidate, HubListingDetail } from "../../../types"
import { useBulkChange, type BulkActionName } from "../../hooks/mapping/use-mapping-changes"
import { useListingDetail } from "../../hooks/mapping/use-mapping-queries"
import { describeError } from "../../lib/describe-error"
import { useTexts } from "../../texts"
import { ErrorState } from "../error-state"
import { titleOf, VariantPicker } from "./variant-picker"

function Facts({ listing }: { readonly listing: HubListingDetail }) {
  const texts = useTexts()
  const { review } = texts.mapping
  const facts = [
    [review.externalId, listing.external_id],
    [review.sku, listing.external_sku ?? review.none],
    [review.barcode, listing.external_barcode ?? review.none],
  ] as const
  return (
    <section className="flex flex-col gap-y-2">
      <Heading level="h3">{review.channelSays}</Heading>
      <dl className="txt-small grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ui-fg-subtle">{label}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface CandidateProps {
  readonly candidate: HubCandidate
  readonly isBusy: boolean
  readonly onChoose: () => void
}

function Candidate({ candidate, isBusy, onChoose }: CandidateProps) {
  const texts = useTexts()
  const { review } = texts.mapping
  const title = titleOf({ title: candidate.variant_title ?? "", product_title: candidate.product_title ?? "" })
  return (
    <li className="flex items-start justify-between gap-x-3 px-3 py-2">
      <div className="flex min-w-0 flex-col gap-y-1">
        <div className="flex flex-wrap items-center gap-2">
          <Text size="small" weight="plus" leading="compact" className="break-words">
            {candidate.variant_sku ?? candidate.variant_id}
          </Text>
          <Badge size="2xsmall" color={candidate.score >= 85 ? "green" : candidate.score >= 60 ? "orange" : "grey"}>
            {review.score} {candidate.score}
          </Badge>
        </div>
        <Text size="xsmall" leading="compact" className="text-ui-fg-subtle break-words">
          {title}
        </Text>
        <ul className="txt-compact-xsmall text-ui-fg-subtle flex flex-col gap-y-0.5">
          {candidate.evidence.map((entry) => (
            <li key={entry.code} className="break-words">
              {review.evidence(entry)}
            </li>
          ))}
        </ul>
      </div>
      <ActionButton action="configure" disabled={isBusy} onClick={onChoose}>
        {review.choose}
      </ActionButton>
    </li>
  )
}

function LinkedTo({ listing }: { readonly listing: HubListingDetail }) {
  const texts = useTexts()
  const { review, table } = texts.mapping
  const words =
    listing.link_state === "linked"
      ? `${review.linkedTo} ${listing.variant_sku ?? ""}`
      : listing.link_state === "ignored"
        ? review.ignored
        : review.notLinked
  return (
    <div className="flex items-start gap-x-2">
      {listing.link_state === "linked" && (
        <CheckCircleSolid aria-hidden className="text-ui-tag-green-icon mt-0.5 shrink-0" />
      )}
      <div>
        <Text size="small" weight="plus">
          {words}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          {listing.link_state === "unlinked"
            ? listing.link_evidence === "person" && review.unlinkedByPerson
            : [listing.variant_title, table.evidence(listing.link_evidence)].filter((part) => part).join(" · ")}
        </Text>
      </div>
    </div>
  )
}

const STATE_ACTIONS = {
  linked: ["unlink", "ignore"],
  unlinked: ["ignore"],
  ignored: ["unignore"],
} as const satisfies Record<HubListingDetail["link_state"], readonly BulkActionName[]>

function Review({ listing }: { readonly listing: HubListingDetail }) {
  const texts = useTexts()
  const { review } = texts.mapping
  const packId = useId()
  const [packSize, setPackSize] = useState(listing.pack_size)
  const change = useBulkChange()
  const selection = { ids: [listing.id] }
  const isPackValid = Number.isSafeInteger(packSize) && packSize >= 1
  const link = (variantId: string) =>
    change.mutate({ action: "link", selection, variant_id: variantId, ...(isPackValid ? { pack_size: packSize } : {}) })
  return (
    <div className="flex flex-col gap-y-6">
      <LinkedTo listing={listing} />
      <Facts listing={listing} />
      <form
        className="flex items-end gap-x-2"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate({ action: "pack", selection, pack_size: packSize })
        }}
      >
        <div className="flex flex-col gap-y-1">
          <Label htmlFor={packId} size="small" weight="plus">
            {review.pack}
          </Label>
          <Input
            id={packId}
            type="number"
            size="small"
            className="w-28"
            min={1}
            step={1}
            value={Number.isNaN(packSize) ? "" : packSize}
            onChange={(event) => setPackSize(event.target.valueAsNumber)}
          />
        </div>
        <ActionButton
          action="configure"
          type="submit"

          disabled={!isPackValid || packSize === listing.pack_size || change.isPending}
        >
          {texts.mapping.bulk.pack}
        </ActionButton>
      </form>
      {listing.link_state === "unlinked" && (
        <section className="flex flex-col gap-y-2">
          <Heading level="h3">{review.suggestions}</Heading>
          {listing.candidates.length === 0 ? (
            <Text size="small" className="text-ui-fg-subtle">
              {review.noSuggestions}
            </Text>
          ) : (
            <>
              {listing.suggested_variant_id === null && (
                <Text size="small" className="text-ui-tag-orange-text">
                  {review.ambiguous}
                </Text>
              )}
              <ul className="border-ui-border-base divide-y rounded-lg border">
                {listing.candidates.map((candidate) => (
                  <Candidate
                    key={candidate.variant_id}
                    candidate={candidate}
                    isBusy={change.isPending}
                    onChoose={() => link(candidate.variant_id)}
                  />
                ))}
              </ul>
              <ActionButton
                action="configure"
                variant="transparent"
                className="w-fit"
                disabled={change.isPending}
                onClick={() => change.mutate({ action: "reject", selection })}
              >
                {review.refuseAll}
              </ActionButton>
            </>
          )}
        </section>
      )}
      <VariantPicker
        label={review.search}
        action={(variant) =>
          variant.id === listing.variant_id && listing.link_state === "linked" ? (
            <Badge size="2xsmall" color="green">
              {review.chosen}
            </Badge>
          ) : (
            <ActionButton action="configure" disabled={change.isPending} onClick={() => link(variant.id)}>
              {review.choose}
            </ActionButton>
          )
        }
      />
      <div className="flex flex-col gap-y-2">
        <div className="flex flex-wrap gap-2">
          {STATE_ACTIONS[listing.link_state].map((action) => (
            <ActionButton
              action="configure"
              key={action}

              disabled={change.isPending}
              onClick={() => change.mutate({ action, selection })}
            >
              {review[action]}
            </ActionButton>
          ))}
        </div>
        <Text size="xsmall" className="text-ui-fg-subtle">
          {review.unlinkMeans}
        </Text>
      </div>
      <div aria-live="polite">
        {change.isSuccess && <Text size="small">{review.done}</Text>}
        {change.isError && (
          <Text size="small" role="alert" className="text-ui-fg-error break-words">
            {texts.mapping.bulk.failed} {describeError(change.error, texts).raw}
          </Text>
        )}
      </div>
    </div>
  )
}

interface ReviewDrawerProps {
  readonly listingId: string | null
  readonly isOpen: boolean
  readonly onClose: () => void
  /** To the listing before (-1) or after (1) in the table; null where there is none. */
  readonly onStep: (step: -1 | 1) => void
}

/** What a listing is, what it may be, and what to make of it. One after the other, without going back to the table. */
export function ReviewDrawer({ listingId, isOpen, onClose, onStep }: ReviewDrawerProps) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useListingDetail(isOpen ? listingId : null)
  const listing = data?.listing
  return (
    <Drawer open={isOpen && listingId !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Drawer.Content>
        <Drawer.Header className="min-w-0">
          <Drawer.Title className="break-words">
            {texts.mapping.review.title(listing?.external_sku ?? listing?.title ?? "…")}
          </Drawer.Title>
          <Drawer.Description className="txt-small text-ui-fg-subtle">
            {listing === undefined ? texts.loading : `${listing.title} · ${listing.connection_name}`}
          </Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="overflow-y-auto">
          {listing !== undefined ? (
            <Review key={`${listing.id}:${listing.pack_size}`} listing={listing} />
          ) : error ? (
            <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
          ) : (
            <Skeleton className="h-40" />
          )}
        </Drawer.Body>
        <Drawer.Footer>
          <Button size="small" variant="secondary" onClick={() => onStep(-1)}>
            {texts.mapping.review.previous}
          </Button>
          <Button size="small" variant="secondary" onClick={() => onStep(1)}>
            {texts.mapping.review.next}
          </Button>
        </Drawer.Footer>
      </Drawer.Content>
    </Drawer>
  )
}
