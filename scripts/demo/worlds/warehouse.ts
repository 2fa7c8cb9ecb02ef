import type { AdminApi } from "../shop/admin-api"
import { WAREHOUSES } from "../shop/catalogue"

interface Level {
  readonly location_id: string
  readonly stocked_quantity: number
  readonly available_quantity: number
}

interface Item {
  readonly id: string
  readonly sku: string
  readonly location_levels: readonly Level[]
}

const PAGE = 200

/** The clerk at the admin: reads what is there and corrects the count of the first warehouse. */
export class Warehouse {
  private constructor(
    private readonly api: AdminApi,
    private readonly locationId: string
  ) {}

  static async open(api: AdminApi): Promise<Warehouse> {
    const { stock_locations: locations } = await api.get<{ stock_locations: { id: string; name: string }[] }>(
      "/admin/stock-locations"
    )
    return new Warehouse(api, locations.find((location) => location.name === WAREHOUSES[0])?.id ?? "")
  }

  /** Units that can be sold of every item, over all warehouses. */
  async available(): Promise<Map<string, number>> {
    const available = new Map<string, number>()
    for (let offset = 0; ; offset += PAGE) {
      const { inventory_items: items } = await this.api.get<{ inventory_items: Item[] }>(
        `/admin/inventory-items?limit=${PAGE}&offset=${offset}&fields=id,sku,*location_levels`
      )
      for (const item of items) {
        available.set(
          item.sku,
          item.location_levels.reduce((sum, level) => sum + level.available_quantity, 0)
        )
      }
      if (items.length < PAGE) {
        return available
      }
    }
  }

  /** Puts units on the shelf, or takes them off. Never below nothing: what is not there cannot break. */
  readonly move = async (sku: string, delta: number): Promise<void> => {
    const { inventory_items: items } = await this.api.get<{ inventory_items: Item[] }>(
      `/admin/inventory-items?sku=${encodeURIComponent(sku)}&fields=id,sku,*location_levels`
    )
    const [item] = items
    const level = item?.location_levels.find((candidate) => candidate.location_id === this.locationId)
    if (item && level) {
      await this.api.post(`/admin/inventory-items/${item.id}/location-levels/${this.locationId}`, {
        stocked_quantity: Math.max(0, level.stocked_quantity + delta),
      })
    }
  }
}
