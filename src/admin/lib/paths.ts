/** Where the page of all listings is. */
export const LISTINGS_PATH = "/hub/listings"
