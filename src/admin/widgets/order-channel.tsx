import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { OrderChannel as Channel } from "../components/orders/order-channel"
import { useAccess } from "../hooks/use-access"
import { useChannelOrder } from "../hooks/use-orders"

interface WidgetProps {
  /** The order of the page. */
  readonly data: { readonly id: string }
}

/** Nothing for orders of the shop itself, and nothing for those who may not view the hub. */
const OrderChannel = ({ data }: WidgetProps) => {
  const { may } = useAccess()
  const { data: answer } = useChannelOrder(data.id)
  const order = answer?.channel_order ?? null
  return may("view") && order !== null ? <Channel order={order} /> : null
}

// A plain literal, because it is read from the source.
export const config = defineWidgetConfig({
  id: "hub-order-channel",
  zone: "order.details.side.before",
})

export default OrderChannel
