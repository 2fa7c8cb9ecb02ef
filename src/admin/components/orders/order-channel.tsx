import { ArrowUpRightOnBox } from "@medusajs/icons"
import { Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import type { HubChannelOrderDetail, HubChannelOrderResponse } from "../../../types"
import { useAccess } from "../../hooks/use-access"
import { useAction } from "../../hooks/use-action"
import { connectionPath, listingsPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ActionButton } from "../action-button"
import { Confirm } from "../confirm"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"
import { OrderBadges } from "./order-badges"
import { ParcelList } from "./parcel-list"
import { TotalsCheckTable } from "./totals-check-table"

interface OfOrder {
  readonly order: HubChannelOrderDetail
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="flex flex-col gap-y-2 px-6 py-4">
    <Heading level="h3" className="txt-compact-small-plus">
      {title}
    </Heading>
    {children}
  </section>
)

const Note = ({ children }: { readonly children: ReactNode }) => (
  <Text size="xsmall" leading="compact" className="text-ui-fg-subtle text-pretty break-words">
    {children}
  </Text>
)

function Release({ order }: OfOrder) {
  const { release } = useTexts().orders
  const { may } = useAccess()
  const { mutate, isPending } = useAction<HubChannelOrderResponse>(() => release.done)
  const button = (
    <ActionButton action="operate" isLoading={isPending} className="w-fit">
      {release.button}
    </ActionButton>
  )
  return may("operate") ? (
    <Confirm
      title={release.ask(order.external_number)}
      text={release.text}
      confirm={release.button}
      cancel={release.keep}
      onConfirm={() => mutate({ path: `orders/${encodeURIComponent(order.order_id ?? "")}/release` })}
    >
      {button}
    </Confirm>
  ) : (
    button
  )
}

function Totals({ order }: OfOrder) {
  const { check: texts } = useTexts().orders
  const { check } = order
  if (check === null || check.state === "unchecked") {
    return <Note>{texts.unchecked}</Note>
  }
  if (check.state === "equal") {
    return <Note>{texts.equal(`${check.medusa_total} ${check.currency_code.toUpperCase()}`)}</Note>
  }
  return (
    <>
      <Note>{check.problem ?? texts.different}</Note>
      <TotalsCheckTable check={check} />
      {order.held_at !== null && <Note>{texts.held}</Note>}
      {order.held_at !== null && <Release order={order} />}
      {order.held_at === null && order.released_by !== null && <Note>{texts.released(order.released_by)}</Note>}
    </>
  )
}

function Flags({ order }: OfOrder) {
  const texts = useTexts().orders
  if (order.unmapped_lines.length + order.oversold_items.length === 0) {
    return null
  }
  return (
    <ul className="flex flex-col gap-y-2 px-6 py-4">
      {order.unmapped_lines.map((line) => (
        <li key={line.external_line_id} className="flex flex-col gap-y-1">
          <Note>{texts.unmapped(line.units, line.sku ?? line.title)}</Note>
          <TextLink
            to={listingsPath({ channel: order.connection_id, state: "unlinked" })}
            className="txt-compact-xsmall w-fit"
          >
            {texts.linkListing}
          </TextLink>
        </li>
      ))}
      {order.oversold_items.map((item) => (
        <li key={item.inventory_item_id}>
          <Note>{texts.oversold(item.sku ?? item.inventory_item_id, item.missing)}</Note>
        </li>
      ))}
    </ul>
  )
}

/** Where an order came from, whether its totals are the channel's, and what the channel knows of its parcels. */
export function OrderChannel({ order }: OfOrder) {
  const { orders: texts } = useTexts()
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <div className="flex items-center justify-between gap-x-2">
          <Heading level="h2">{texts.widget.title}</Heading>
          <TextLink to={connectionPath(order.connection_id)} className="txt-compact-small">
            {order.connection_name}
          </TextLink>
        </div>
        <OrderBadges order={order} />
        <dl className="txt-compact-small grid grid-cols-2 gap-y-1">
          <dt className="text-ui-fg-subtle">{texts.widget.number}</dt>
          <dd className="min-w-0 text-end break-all">
            {order.external_url === null ? (
              order.external_number
            ) : (
              <a
                href={order.external_url}
                target="_blank"
                rel="noreferrer"
                aria-label={`${order.external_number}: ${texts.widget.open(order.connection_name)}`}
                className="text-ui-fg-interactive focus-visible:shadow-borders-focus inline-flex items-center gap-x-1 rounded-md outline-none"
              >
                {order.external_number}
                <ArrowUpRightOnBox aria-hidden className="size-3" />
              </a>
            )}
          </dd>
          <dt className="text-ui-fg-subtle">{texts.widget.placed}</dt>
          <dd className="text-end">
            <TimeAgo at={order.placed_at} />
          </dd>
        </dl>
        {order.reserved_units > 0 && <Note>{texts.widget.reserved(order.reserved_units)}</Note>}
        {order.presentment !== null && (
          <Note>{texts.widget.paidIn(order.presentment.total, order.presentment.currencyCode.toUpperCase())}</Note>
        )}
      </div>
      <Flags order={order} />
      <Section title={texts.check.title}>
        <Totals order={order} />
      </Section>
      {order.refunds.length > 0 && (
        <Section title={texts.refunds}>
          <ul className="flex flex-col gap-y-1">
            {order.refunds.map((refund) => (
              <li key={refund.external_id} className="flex justify-between gap-x-2">
                <Note>{texts.refund(refund.units, refund.restocked_units)}</Note>
                {refund.amount !== null && <span className="txt-compact-xsmall tabular-nums">{refund.amount}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {!order.is_historic && (
        <Section title={texts.parcels.title}>
          <ParcelList parcels={order.parcels} />
        </Section>
      )}
    </Container>
  )
}
