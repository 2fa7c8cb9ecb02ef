import { gid, legacyId, type Item, type ShopState } from "./shop-state"

/** Asked for by the names of kinds of quantity, of which only one is kept here. */
function levelView(state: ShopState, item: Item, locationId: string) {
  const quantity = state.shown(item.id, locationId)
  return quantity === null
    ? null
    : {
        __typename: "InventoryLevel",
        id: gid("InventoryLevel", `${legacyId(locationId)}?inventory_item_id=${legacyId(item.id)}`),
        quantities: ({ names }: { names: readonly string[] }) =>
          names.map((name) => ({ id: `${item.id}/${name}`, name, quantity: name === "available" ? quantity : 0 })),
      }
}

export const itemView = (state: ShopState, item: Item) => ({
  __typename: "InventoryItem",
  id: item.id,
  sku: item.sku,
  tracked: item.tracked,
  inventoryLevel: ({ locationId }: { locationId: string }) => levelView(state, item, locationId),
})

export const variantView = (state: ShopState, item: Item) => ({
  __typename: "ProductVariant",
  id: item.variantId,
  sku: item.sku,
  barcode: item.barcode,
  displayName: item.title,
  requiresComponents: item.isBundle,
  inventoryItem: itemView(state, item),
})
