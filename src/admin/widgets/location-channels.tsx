import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Text } from "@medusajs/ui"
import { ConnectionLine } from "../components/places/connection-line"
import { PlaceWidget } from "../components/places/place-widget"
import { useLocationChannels } from "../hooks/use-places"
import { useTexts } from "../texts"

interface WidgetProps {
  /** The stock location of the page. */
  readonly data: { readonly id: string }
}

const LocationChannels = ({ data }: WidgetProps) => {
  const { location } = useTexts().places
  return (
    <PlaceWidget
      title={location.title}
      none={location.none}
      query={useLocationChannels(data.id)}
      itemsOf={(answer) => answer.channels}
    >
      {(use) => (
        <ConnectionLine
          key={`${use.connection_id}:${use.external_location_id}`}
          id={use.connection_id}
          name={use.connection_name}
          state={use.connection_state}
          mode={use.write_mode}
        >
          <Text size="small" leading="compact" className="text-ui-fg-subtle break-words">
            {[
              use.external_location_id === "*" ? location.allOf : location.place(use.external_location_id),
              ...(use.other_location_count > 0 ? [location.together(use.other_location_count)] : []),
            ].join(", ")}
          </Text>
        </ConnectionLine>
      )}
    </PlaceWidget>
  )
}

// A plain literal, because it is read from the source.
export const config = defineWidgetConfig({
  id: "hub-location-channels",
  zone: "location.details.side",
})

export default LocationChannels
