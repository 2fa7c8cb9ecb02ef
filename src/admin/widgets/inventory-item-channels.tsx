import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { ErrorState } from "../components/error-state"
import { ItemListing } from "../components/item-listing"
import { useItemWhy } from "../hooks/use-why"
import { useTexts } from "../texts"

interface WidgetProps {
  /** The inventory item of the page. */
  readonly data: { readonly id: string }
}

function Places({ inventoryItemId }: { readonly inventoryItemId: string }) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useItemWhy(inventoryItemId)
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <div role="status" aria-label={texts.loading} className="flex flex-col gap-y-3 px-6 py-4">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    )
  }
  return data.why.length === 0 ? (
    <Text size="small" className="text-ui-fg-subtle px-6 py-4">
      {texts.widget.nowhere}
    </Text>
  ) : (
    <ul className="divide-y">
      {data.why.map((why) => (
        <ItemListing key={`${why.listing_id}:${why.external_location_id}`} why={why} />
      ))}
    </ul>
  )
}

const InventoryItemChannels = ({ data }: WidgetProps) => {
  const texts = useTexts()
  return (
    <Container className="divide-y p-0">
      <Heading level="h2" className="px-6 py-4">
        {texts.widget.title}
      </Heading>
      <Places inventoryItemId={data.id} />
    </Container>
  )
}

// A plain literal, because it is read from the source.
export const config = defineWidgetConfig({
  id: "hub-inventory-item-channels",
  zone: "inventory_item.details",
})

export default InventoryItemChannels
