import { Text } from "@medusajs/ui"
import { useId, useState } from "react"
import type { HubWhy } from "../../types"
import { formatCount } from "../lib/format"
import { useTexts } from "../texts"
import { Derivation } from "./derivation"
import { NumberWithWhy } from "./number-with-why"
import { ListingBadge } from "./state-badge"

const nameOf = (why: HubWhy): string =>
  [why.external_sku ?? why.title, why.external_location_id === "*" ? "" : why.external_location_id]
    .filter((part) => part !== "")
    .join(" · ")

function ShouldShow({ why }: { readonly why: HubWhy }) {
  const texts = useTexts()
  return why.desired !== null && why.desired !== why.acked ? (
    <Text size="xsmall" leading="compact" className="text-ui-fg-subtle tabular-nums">
      {texts.widget.shouldShow(formatCount(why.desired))}
    </Text>
  ) : null
}

/** One place where the item sells; its derivation unfolds below. */
export function ItemListing({ why }: { readonly why: HubWhy }) {
  const texts = useTexts()
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const reason = texts.listing.reason(why)
  return (
    <li className="px-6 py-3">
      <div className="flex items-center justify-between gap-x-4">
        <div className="min-w-0">
          <Text size="small" leading="compact" weight="plus" className="break-words">
            {why.connection_name}
          </Text>
          <Text size="small" leading="compact" className="text-ui-fg-subtle break-words">
            {nameOf(why)}
          </Text>
          {reason !== null && (
            <Text size="xsmall" leading="compact" className="text-ui-fg-subtle break-words">
              {reason}
            </Text>
          )}
        </div>
        <div className="flex shrink-0 items-center gap-x-4">
          <ListingBadge state={why.state} />
          <div className="flex min-w-16 flex-col items-end">
            <NumberWithWhy
              what={`${why.connection_name}, ${nameOf(why)}: ${texts.widget.shows}`}
              quantity={why.acked}
              onAsk={() => setIsOpen(!isOpen)}
              unfolds={{ id, isOpen }}
              className="txt-compact-medium-plus text-end"
            />
            <ShouldShow why={why} />
          </div>
        </div>
      </div>
      <div id={id} hidden={!isOpen} className="pb-2 pt-4">
        {isOpen && <Derivation why={why} />}
      </div>
    </li>
  )
}
