import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { ItemListing } from "../components/item-listing"
import { PlaceWidget } from "../components/places/place-widget"
import { useVariantWhy } from "../hooks/use-places"
import { useTexts } from "../texts"

interface WidgetProps {
  /** The variant of the page. */
  readonly data: { readonly id: string }
}

const ProductVariantChannels = ({ data }: WidgetProps) => {
  const { places } = useTexts()
  return (
    <PlaceWidget
      title={places.variant.title}
      none={places.variant.none}
      query={useVariantWhy(data.id)}
      itemsOf={(answer) => answer.why}
    >
      {(why) => <ItemListing key={`${why.listing_id}:${why.external_location_id}`} why={why} />}
    </PlaceWidget>
  )
}

// A plain literal, because it is read from the source.
export const config = defineWidgetConfig({
  id: "hub-product-variant-channels",
  zone: "product_variant.details",
})

export default ProductVariantChannels
