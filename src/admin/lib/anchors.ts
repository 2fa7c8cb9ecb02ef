/** Id of the listings table on the overview. */
export const LISTINGS_ID = "hub-listings"
