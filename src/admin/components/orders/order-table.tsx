import { Table } from "@medusajs/ui"
import type { HubChannelOrderSummary } from "../../../types"
import { orderPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"
import { OrderBadges } from "./order-badges"

const totalOf = ({ channel_total: total, currency_code: currency }: HubChannelOrderSummary): string =>
  total === null ? "–" : `${total} ${(currency ?? "").toUpperCase()}`

function OrderRow({ order }: { readonly order: HubChannelOrderSummary }) {
  const texts = useTexts().orders
  return (
    <Table.Row>
      <Table.Cell className="py-2 pe-3 md:pe-6">
        <div className="flex min-w-0 flex-col gap-y-1">
          {order.order_id === null ? (
            <span className="font-medium">{order.external_number}</span>
          ) : (
            <TextLink to={orderPath(order.order_id)} className="text-ui-fg-base w-fit font-medium">
              {order.external_number}
            </TextLink>
          )}
          <span className="txt-compact-xsmall text-ui-fg-subtle break-words md:hidden">
            {order.connection_name} · <TimeAgo at={order.placed_at} />
          </span>
        </div>
      </Table.Cell>
      <Table.Cell className="hidden md:table-cell">{order.connection_name}</Table.Cell>
      <Table.Cell className="hidden md:table-cell">
        <TimeAgo at={order.placed_at} />
      </Table.Cell>
      <Table.Cell className="py-2">
        <OrderBadges order={order} />
      </Table.Cell>
      <Table.Cell className="hidden md:table-cell">
        {order.display_id === null ? texts.notInMedusa : texts.inMedusa(order.display_id)}
      </Table.Cell>
      <Table.Cell className="text-end tabular-nums">{totalOf(order)}</Table.Cell>
    </Table.Row>
  )
}

export function OrderTable({ orders }: { readonly orders: readonly HubChannelOrderSummary[] }) {
  const { column } = useTexts().orders
  return (
    <Table>
      <Table.Header>
        <Table.Row>
          <Table.HeaderCell>{column.order}</Table.HeaderCell>
          <Table.HeaderCell className="hidden md:table-cell">{column.channel}</Table.HeaderCell>
          <Table.HeaderCell className="hidden md:table-cell">{column.placed}</Table.HeaderCell>
          <Table.HeaderCell>{column.state}</Table.HeaderCell>
          <Table.HeaderCell className="hidden md:table-cell">{column.inMedusa}</Table.HeaderCell>
          <Table.HeaderCell className="text-end">{column.total}</Table.HeaderCell>
        </Table.Row>
      </Table.Header>
      <Table.Body>
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </Table.Body>
    </Table>
  )
}
