import { z } from "@medusajs/framework/zod"
import type { ListingFilter } from "../../../../engine/queries/listing-filter"
import { HUB_LINK_FILTERS } from "../../../../types/http/mapping"
import { LISTING_LINK_STATES, LISTING_STATES } from "../../../../types/states"

export const MOST_IN_BATCH = 10_000
export const MOST_IN_PACK = 1_000_000

/** Which listings, in the words of the address. */
export const listingFilterShape = {
  connection_id: z.string().optional(),
  state: z.enum([...LISTING_STATES, "unlinked", "ignored"]).optional(),
  link: z.enum(HUB_LINK_FILTERS).optional(),
  /** Part of a SKU, a title, the channel's id or a barcode. */
  q: z.string().trim().min(1).max(100).optional(),
  /** Pending for longer than so many seconds. */
  pending_longer_than: z.coerce.number().int().min(0).max(31_536_000).optional(),
}

type FilterInput = z.infer<z.ZodObject<typeof listingFilterShape>>

export const toListingFilter = (filter: FilterInput): ListingFilter => ({
  connectionId: filter.connection_id ?? null,
  state: filter.state ?? null,
  link: filter.link ?? null,
  search: filter.q ?? null,
  pendingLongerThan: filter.pending_longer_than ?? null,
})

export const AdminGetHubListings = z.strictObject({
  ...listingFilterShape,
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type AdminGetHubListingsType = z.infer<typeof AdminGetHubListings>

const packSize = z.int().min(1).max(MOST_IN_PACK)

export const AdminBatchHubListings = z.strictObject({
  update: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        variant_id: z.string().min(1).nullable().optional(),
        link_state: z.enum(LISTING_LINK_STATES).optional(),
        pack_size: packSize.optional(),
      })
    )
    .min(1)
    .max(MOST_IN_BATCH),
})

export type AdminBatchHubListingsType = z.infer<typeof AdminBatchHubListings>

export const AdminCreateHubListing = z.strictObject({
  connection_id: z.string().min(1),
  external_id: z.string().trim().min(1).max(500),
  external_sku: z.string().trim().min(1).max(500).nullable().default(null),
  title: z.string().trim().min(1).max(500).nullable().default(null),
  variant_id: z.string().min(1),
  pack_size: packSize.default(1),
  /** Create it on the channel as well. No connector can yet. */
  publish: z.boolean().default(false),
})

export type AdminCreateHubListingType = z.infer<typeof AdminCreateHubListing>

export const AdminGetHubListingWhy = z.strictObject({
  /** Explain the number that was in force at this moment. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** Explain this past number. */
  number_id: z.string().min(1).optional(),
})

export type AdminGetHubListingWhyType = z.infer<typeof AdminGetHubListingWhy>

export const AdminGetHubPastNumbers = z.strictObject({
  external_location_id: z.string().min(1).default("*"),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export type AdminGetHubPastNumbersType = z.infer<typeof AdminGetHubPastNumbers>
