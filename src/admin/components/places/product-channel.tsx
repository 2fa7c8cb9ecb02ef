import { Text } from "@medusajs/ui"
import type { HubListingRowState, HubProductChannel } from "../../../types"
import { formatCount } from "../../lib/format"
import { listingsPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ListingBadge } from "../state-badge"
import { TextLink } from "../text-link"
import { ConnectionLine } from "./connection-line"

const countsOf = (channel: HubProductChannel): (readonly [HubListingRowState, number])[] =>
  (
    [
      ["failed", channel.failed_count],
      ["held", channel.held_count],
      ["pending", channel.pending_count],
      ["skipped", channel.skipped_count],
      ["in-sync", channel.in_sync_count],
    ] as const
  ).filter(([, count]) => count > 0)

/** How a product stands on one channel: how many of its variants sell there, and what their listings do. */
export function ProductChannel({ channel }: { readonly channel: HubProductChannel }) {
  const texts = useTexts()
  const { product } = texts.places
  const shown = channel.shown_quantity === null ? null : product.shows(formatCount(channel.shown_quantity))
  return (
    <ConnectionLine
      id={channel.connection_id}
      name={channel.connection_name}
      state={channel.connection_state}
      mode={channel.write_mode}
    >
      <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
        {[product.variants(channel.variant_count, channel.all_variant_count), shown]
          .filter((part) => part !== null)
          .join(" · ")}
      </Text>
      <div className="flex flex-wrap gap-x-3 gap-y-1">
        {countsOf(channel).map(([state, count]) => (
          <span key={state} className="flex items-center gap-x-1.5">
            <TextLink
              to={listingsPath({ channel: channel.connection_id, state })}
              label={product.count(count, texts.listing.state[state], channel.connection_name)}
              className="txt-compact-small tabular-nums"
            >
              {formatCount(count)}
            </TextLink>
            <ListingBadge state={state} />
          </span>
        ))}
      </div>
    </ConnectionLine>
  )
}
