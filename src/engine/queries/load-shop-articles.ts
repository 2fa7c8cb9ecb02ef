import { query, type Sql } from "../sql"

/** Something of the shop that can be sold elsewhere. */
export interface ShopArticle {
  readonly sku: string
  readonly title: string
  readonly barcode: string | null
  /** Units that could be sold now, over all locations; 0 for what is oversold. */
  readonly available: number
}

/* Kits count as many as their scarcest part allows. */
const SQL = `
  WITH article AS (
    SELECT v.id, v.sku, concat_ws(' ', p.title, NULLIF(v.title, 'Default variant')) AS title,
      COALESCE(v.barcode, v.ean, v.upc) AS barcode
    FROM product_variant v JOIN product p ON p.id = v.product_id AND p.deleted_at IS NULL
    WHERE v.deleted_at IS NULL AND v.sku IS NOT NULL AND v.manage_inventory
    ORDER BY v.sku LIMIT :limit
  ), part AS (
    SELECT a.id, floor(COALESCE(sum(l.stocked_quantity - l.reserved_quantity), 0) / GREATEST(vi.required_quantity, 1)) AS kits
    FROM article a JOIN product_variant_inventory_item vi ON vi.variant_id = a.id AND vi.deleted_at IS NULL
    LEFT JOIN inventory_level l ON l.inventory_item_id = vi.inventory_item_id AND l.deleted_at IS NULL
    GROUP BY a.id, vi.inventory_item_id, vi.required_quantity
  )
  SELECT a.sku, a.title, a.barcode, GREATEST(COALESCE((SELECT min(kits) FROM part WHERE part.id = a.id), 0), 0)::int AS available
  FROM article a ORDER BY a.sku`

/** The first so many articles of the shop, by SKU. What is not counted in stock is left out. */
export const loadShopArticles = (sql: Sql, limit: number): Promise<ShopArticle[]> =>
  query<ShopArticle>(sql, SQL, { limit })
