import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Container, Heading } from "@medusajs/ui"
import { ErrorState } from "../components/error-state"
import { OrderChannel as Channel } from "../components/orders/order-channel"
import { useAccess } from "../hooks/use-access"
import { useChannelOrder } from "../hooks/use-orders"
import { useTexts } from "../texts"

interface WidgetProps {
  /** The order of the page. */
  readonly data: { readonly id: string }
}

/** Nothing for orders of the shop itself, and nothing for those who may not view the hub. */
const OrderChannel = ({ data }: WidgetProps) => {
  const texts = useTexts()
  const { may } = useAccess()
  const { data: answer, error, isFetching, refetch } = useChannelOrder(data.id)
  if (!may("view") || (answer?.channel_order ?? error) === null) {
    return null
  }
  return answer?.channel_order ? (
    <Channel order={answer.channel_order} />
  ) : (
    <Container className="divide-y p-0">
      <Heading level="h2" className="px-6 py-4">
        {texts.orders.widget.title}
      </Heading>
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    </Container>
  )
}

// A plain literal, because it is read from the source.
export const config = defineWidgetConfig({
  id: "hub-order-channel",
  zone: "order.details.side.before",
})

export default OrderChannel
