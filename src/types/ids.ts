declare const brand: unique symbol

/** A string that may not be swapped for another kind of string: mixing up two ids is *the* sync bug. */
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type CompanyId = Branded<"CompanyId">
export type ConnectionId = Branded<"ConnectionId">
export type ListingId = Branded<"ListingId">
export type InventoryItemId = Branded<"InventoryItemId">
export type StockLocationId = Branded<"StockLocationId">
/** The channel's own id of a listing. Always a string: ids may exceed 2^53. */
export type ExternalListingId = Branded<"ExternalListingId">
/** The channel's own id of a location, or `"*"` where the channel has none. */
export type ExternalLocationId = Branded<"ExternalLocationId">

/** The external location of a channel that does not know locations. */
export const ANY_LOCATION = "*" as ExternalLocationId

/** The company that every row belongs to until a merchant adds another. Seeded by the first migration. */
export const DEFAULT_COMPANY_ID = "hcomp_default" as CompanyId
