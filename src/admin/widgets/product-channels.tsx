import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { PlaceWidget } from "../components/places/place-widget"
import { ProductChannel } from "../components/places/product-channel"
import { useProductChannels } from "../hooks/use-places"
import { useTexts } from "../texts"

interface WidgetProps {
  /** The product of the page. */
  readonly data: { readonly id: string }
}

const ProductChannels = ({ data }: WidgetProps) => {
  const { places } = useTexts()
  return (
    <PlaceWidget
      title={places.product.title}
      none={places.product.none}
      query={useProductChannels(data.id)}
      itemsOf={(answer) => answer.channels}
    >
      {(channel) => <ProductChannel key={channel.connection_id} channel={channel} />}
    </PlaceWidget>
  )
}

// A plain literal, because it is read from the source.
export const config = defineWidgetConfig({
  id: "hub-product-channels",
  zone: "product.details",
})

export default ProductChannels
