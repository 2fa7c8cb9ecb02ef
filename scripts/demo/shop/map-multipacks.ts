import type { AdminApi } from "./admin-api"
import type { Catalogue } from "./catalogue"

interface Variant {
  readonly id: string
  readonly sku: string
}

/** Links the listings that sell several pieces at once: their SKU is no SKU of ours, so nobody can guess. */
export async function mapMultipacks(api: AdminApi, catalogue: Catalogue): Promise<void> {
  if (catalogue.multipacks.length === 0) {
    return
  }
  const packs = new Map(catalogue.multipacks.map((pack) => [pack.sku, pack]))
  const skus = catalogue.multipacks.map((pack) => `sku[]=${encodeURIComponent(pack.of)}`).join("&")
  const { variants } = await api.get<{ variants: Variant[] }>(`/admin/product-variants?limit=200&fields=id,sku&${skus}`)
  const variantIds = new Map(variants.map((variant) => [variant.sku, variant.id]))
  const unlinked = await api.allListings("state=unlinked")
  const update = unlinked.flatMap((listing) => {
    const pack = packs.get(listing.external_sku ?? "")
    const variantId = pack ? variantIds.get(pack.of) : undefined
    return pack && variantId ? [{ id: listing.listing_id, variant_id: variantId, pack_size: pack.packSize }] : []
  })
  if (update.length > 0) {
    await api.post("/admin/hub/listings/batch", { update })
  }
}
