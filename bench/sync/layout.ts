/** Ids as long as Medusa's own, so that rows and indexes weigh what they weigh in a shop. */
const padded = (index: number): string => String(index).padStart(26, "0")

export const levelId = (sku: number): string => `ilev_${padded(sku)}`
export const skuOf = (inventoryItemId: string): number => Number(inventoryItemId.slice("iitem_".length))
export const connectionId = (channel: number): string => `hconn_${padded(channel)}`
export const LOCATION_ID = `sloc_${padded(0)}`
/** The listing's id on every channel. */
export const externalId = (sku: number): string => `L-${sku}`
export const TOKEN = "bench-token-4f1b"

/** What one call may carry, for the hub and for the floor. */
export const BATCH = 100
/** Time that every call to a channel takes, in milliseconds. */
export const LATENCY_MS = 20
/**
 * Calls that may be on their way to one channel at the same time, for everybody. A lane of the hub has one: what is sent
 * one after the other cannot overtake itself.
 */
export const CALLS_AT_ONCE = 1
