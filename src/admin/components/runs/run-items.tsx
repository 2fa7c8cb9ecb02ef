import { Container, Heading, Text } from "@medusajs/ui"
import type { HubRunItem, HubRunResponse } from "../../../types"
import { listingsPath } from "../../lib/paths"
import { isOpen } from "../../lib/run-progress"
import { useTexts } from "../../texts"
import { EmptyState } from "../empty-state"
import { StateBadge, type Look } from "../state-badge"
import { TextLink } from "../text-link"
import { CheckCircleSolid, CircleMinusSolid, XCircleSolid } from "@medusajs/icons"

const MOST_ITEMS = 200

const LOOKS: Readonly<Record<HubRunItem["outcome"], Look>> = {
  succeeded: { color: "green", Icon: CheckCircleSolid },
  skipped: { color: "grey", Icon: CircleMinusSolid },
  failed: { color: "red", Icon: XCircleSolid },
  cancelled: { color: "grey", Icon: CircleMinusSolid },
}

/** Class, plain sentence, what to do, and the words of the machine. */
function Item({ item, connectionId }: { readonly item: HubRunItem; readonly connectionId: string | null }) {
  const texts = useTexts()
  const name = item.external_sku ?? item.title
  const reason = texts.listing.reason({ state_reason: item.reason })
  const advice = item.reason === null ? undefined : texts.runs.advice[item.reason]
  return (
    <li className="flex flex-col gap-y-1 px-6 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateBadge look={LOOKS[item.outcome]} text={texts.runs.outcome[item.outcome]} />
        <TextLink
          to={listingsPath({ search: name, channel: connectionId })}
          className="txt-small text-ui-fg-base break-words font-medium"
        >
          {name}
        </TextLink>
        {reason !== null && (
          <Text size="small" className="text-ui-fg-subtle">
            {reason}
          </Text>
        )}
      </div>
      {advice !== undefined && (
        <Text size="small">
          {texts.runs.whatToDo}: {advice}
        </Text>
      )}
      {item.message !== null && (
        <Text size="xsmall" family="mono" className="text-ui-fg-subtle break-words">
          {item.message}
        </Text>
      )}
    </li>
  )
}

export function RunItems({ run, items }: HubRunResponse) {
  const texts = useTexts()
  const hasTrouble = run.failed_count + run.skipped_count > 0 && !isOpen(run)
  return (
    <Container className="divide-y p-0">
      <Heading level="h2" className="px-6 py-4">
        {texts.runs.items}
      </Heading>
      {items.length === 0 ? (
        <EmptyState text={hasTrouble || run.error !== null ? texts.runs.itemsOfFailure : texts.runs.noItems} />
      ) : (
        <ul className="divide-y">
          {items.map((item, index) => (
            <Item key={`${item.listing_id}:${index}`} item={item} connectionId={run.connection_id} />
          ))}
        </ul>
      )}
      {items.length >= MOST_ITEMS && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-3">
          {texts.runs.itemsMore}
        </Text>
      )}
    </Container>
  )
}
