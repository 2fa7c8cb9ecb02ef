import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Text } from "@medusajs/ui"
import { ConnectionLine } from "../components/places/connection-line"
import { PlaceWidget } from "../components/places/place-widget"
import { TimeAgo } from "../components/time-ago"
import { useSalesChannelConnections } from "../hooks/use-places"
import { useTexts } from "../texts"

interface WidgetProps {
  /** The sales channel of the page. */
  readonly data: { readonly id: string }
}

const SalesChannelConnections = ({ data }: WidgetProps) => {
  const { salesChannel } = useTexts().places
  return (
    <PlaceWidget
      title={salesChannel.title}
      none={salesChannel.none}
      query={useSalesChannelConnections(data.id)}
      itemsOf={(answer) => answer.connections}
    >
      {(connection) => (
        <ConnectionLine
          key={connection.connection_id}
          id={connection.connection_id}
          name={connection.connection_name}
          state={connection.connection_state}
          mode={connection.write_mode}
        >
          <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
            {connection.connector_id} · {salesChannel.orders(connection.order_count)}
            {connection.connected_at !== null && (
              <>
                {" "}
                · {salesChannel.since} <TimeAgo at={connection.connected_at} />
              </>
            )}
          </Text>
        </ConnectionLine>
      )}
    </PlaceWidget>
  )
}

// A plain literal, because it is read from the source.
export const config = defineWidgetConfig({
  id: "hub-sales-channel-connections",
  zone: "sales_channel.details",
})

export default SalesChannelConnections
