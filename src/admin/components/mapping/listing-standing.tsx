import { Text } from "@medusajs/ui"
import type { HubListingRow } from "../../../types"
import { useTexts } from "../../texts"
import type { Texts } from "../../texts/texts"
import { ListingBadge } from "../state-badge"
import { TimeAgo } from "../time-ago"

function reasonsOf(row: HubListingRow, texts: Texts): string[] {
  const drift = row.state === "conflict" && row.observed !== null ? texts.listing.observed(row.observed) : null
  const reason = row.link_state === "linked" ? texts.listing.reason(row) : null
  return [drift ?? reason, row.link_state === "linked" ? row.error : null].filter((text) => text !== null)
}

/** How long the channel has been behind; nothing where it is not. */
export const Age = ({ row }: { readonly row: HubListingRow }) =>
  row.link_state === "linked" && row.pending_since !== null && row.state !== "in-sync" ? (
    <TimeAgo at={row.pending_since} isAge />
  ) : null

/** Where a listing stands, why, and for how long. */
export function ListingStanding({ row }: { readonly row: HubListingRow }) {
  const texts = useTexts()
  return (
    <div className="flex flex-col gap-y-0.5">
      <div className="flex items-center gap-x-2">
        <ListingBadge state={row.state} />
        <Age row={row} />
      </div>
      {reasonsOf(row, texts).map((reason) => (
        <Text key={reason} size="xsmall" leading="compact" className="text-ui-fg-subtle line-clamp-2" title={reason}>
          {reason}
        </Text>
      ))}
    </div>
  )
}
