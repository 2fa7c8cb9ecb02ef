import { productSchema, type FakeShopifySettings, type ProductInput } from "./settings"

/** Ids begin beyond what a number can hold: whoever makes numbers of them loses the last digits. */
const FIRST_ID = 271_878_346_596_884_015n

export const gid = (type: string, id: bigint | string): string => `gid://shopify/${type}/${String(id)}`

/** The number at the end of an id, as text. */
export const legacyId = (id: string): string => id.slice(id.lastIndexOf("/") + 1)

export interface Place {
  readonly id: string
  readonly name: string
  readonly isActive: boolean
  readonly isLegacy: boolean
}

export interface Item {
  readonly id: string
  readonly variantId: string
  readonly sku: string | null
  readonly barcode: string | null
  readonly title: string
  readonly price: string
  readonly tracked: boolean
  readonly isBundle: boolean
}

export interface Subscription {
  readonly id: string
  readonly topic: string
  readonly uri: string
}

export interface LevelChange {
  readonly item: Item
  readonly place: Place
  readonly quantity: number
}

/** Shelves of the fake: what there is, where, and how much of it. */
export class ShopState {
  readonly places: readonly Place[]
  readonly items = new Map<string, Item>()
  readonly subscriptions: Subscription[] = []
  private readonly levels = new Map<string, number>()
  private lastId = FIRST_ID

  constructor(
    settings: FakeShopifySettings,
    private readonly onLevel: (change: LevelChange) => void
  ) {
    this.places = settings.locations.map(({ name, active, legacy }) => ({
      id: gid("Location", this.nextId()),
      name,
      isActive: active,
      isLegacy: legacy,
    }))
    settings.products.forEach((product) => this.addProduct(product))
  }

  nextId(): bigint {
    this.lastId += 7n
    return this.lastId
  }

  addProduct(input: ProductInput): Item {
    const product = productSchema.parse(input)
    const item: Item = {
      id: gid("InventoryItem", this.nextId()),
      variantId: gid("ProductVariant", this.nextId()),
      sku: product.sku,
      barcode: product.barcode,
      title: product.title,
      price: product.price,
      tracked: product.tracked,
      isBundle: product.bundle,
    }
    this.items.set(item.id, item)
    if (product.quantity !== null) {
      for (const place of this.places) {
        this.levels.set(this.pair(item.id, place.id), product.quantity)
      }
    }
    return item
  }

  private pair(itemId: string, placeId: string): string {
    return `${itemId} ${placeId}`
  }

  placeOf(id: string): Place | null {
    return this.places.find((place) => place.id === id) ?? null
  }

  itemBySku(sku: string): Item | null {
    for (const item of this.items.values()) {
      if (item.sku === sku) {
        return item
      }
    }
    return null
  }

  /** What is shown, or null where the item is not stocked. */
  shown(itemId: string, placeId: string): number | null {
    return this.levels.get(this.pair(itemId, placeId)) ?? null
  }

  /** Sets a number, and tells of it if it is another one. */
  show(itemId: string, placeId: string, quantity: number): boolean {
    const item = this.items.get(itemId)
    const place = this.placeOf(placeId)
    if (!item || !place) {
      return false
    }
    const isNews = this.shown(itemId, placeId) !== quantity
    this.levels.set(this.pair(itemId, placeId), quantity)
    if (isNews) {
      this.onLevel({ item, place, quantity })
    }
    return true
  }

  stock(): { listing_id: string; location_id: string; quantity: number }[] {
    return [...this.levels].map(([pair, quantity]) => {
      const [listing_id = "", location_id = ""] = pair.split(" ")
      return { listing_id, location_id, quantity }
    })
  }
}
