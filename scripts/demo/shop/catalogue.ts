import { seededRandom } from "../random"

/** Something the demo shop sells. */
export interface CatalogueProduct {
  readonly sku: string
  readonly title: string
  /** Decimal text, major units. */
  readonly price: string
  /** Units at each of the three warehouses; empty for a kit, which has no stock of its own. */
  readonly stock: readonly number[]
  /** What a kit is made of. */
  readonly parts: readonly { readonly sku: string; readonly quantity: number }[]
}

/** A listing that sells several pieces of a product at once. */
export interface Multipack {
  readonly sku: string
  readonly title: string
  readonly of: string
  readonly packSize: number
}

export interface Catalogue {
  readonly products: readonly CatalogueProduct[]
  readonly multipacks: readonly Multipack[]
}

export const WAREHOUSES = ["Berlin", "Lyon", "Rotterdam"] as const

/** Splits an opening stock over the warehouses: half in the first, the rest in the others. */
export function deal(opening: number): number[] {
  const half = Math.ceil(opening / 2)
  const quarter = Math.ceil((opening - half) / 2)
  return [half, quarter, opening - half - quarter]
}

const MATERIALS = ["Oak", "Brass", "Linen", "Wool", "Clay", "Cork", "Steel", "Glass", "Felt", "Birch"]
const THINGS = ["Mug", "Lamp", "Tray", "Vase", "Stool", "Clock", "Basket", "Candle", "Frame", "Bowl", "Throw", "Hook"]
const COLOURS = ["Sand", "Ink", "Moss", "Rust"]

const code = (text: string): string => text.slice(0, 4).toUpperCase()

/** Some hundred products with kits and multipacks. The same for everybody, always. */
export function generateCatalogue(): Catalogue {
  const random = seededRandom(20_260_101)
  const products: CatalogueProduct[] = []
  for (const material of MATERIALS) {
    for (const thing of THINGS) {
      for (const colour of COLOURS.slice(0, 1 + Math.floor(random() * 3))) {
        const scarce = random() < 0.3
        products.push({
          sku: `${code(material)}-${code(thing)}-${code(colour)}`,
          title: `${material} ${thing}, ${colour}`,
          price: (4 + Math.floor(random() * 80) + 0.95).toFixed(2),
          stock: WAREHOUSES.map(() => Math.floor(random() * (scarce ? 6 : 60))),
          parts: [],
        })
      }
    }
  }
  const kits = products.slice(0, 20).map((product, index): CatalogueProduct => {
    const partner = products[index * 3 + 40] ?? product
    return {
      sku: `SET-${product.sku}`,
      title: `Gift set: 2 × ${product.title} and ${partner.title}`,
      price: "89.00",
      stock: [],
      parts: [
        { sku: product.sku, quantity: 2 },
        { sku: partner.sku, quantity: 1 },
      ],
    }
  })
  const multipacks = products.slice(60, 80).map((product) => ({
    sku: `${product.sku}-X6`,
    title: `6 × ${product.title}`,
    of: product.sku,
    packSize: 6,
  }))
  return { products: [...products, ...kits], multipacks }
}
