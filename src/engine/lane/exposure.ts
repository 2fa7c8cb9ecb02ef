import { subtractAmounts, wholeUnits, type Amount } from "../../lib/quantity"
import type { LaneRow } from "./lane-row"

/** One inventory item that an exclusive listing consists of. */
export interface ExclusiveComponent {
  /** Units of the item in one unit of the variant, above 0. */
  readonly required: Amount
  /** On hand − reserved, over the locations that feed the listing. */
  readonly available: Amount
  /** What other exclusive listings that draw on the same stock may be showing, in units of the item. */
  readonly exposedElsewhere: Amount
}

/**
 * The most variant units that an exclusive listing may be given: what is available minus what others may still be showing.
 *
 * This is _take, wait for the confirmation, then give_: a unit moves from one channel to another only after the first has
 * confirmed that it no longer offers it. Never below 0.
 */
export function exclusiveCeiling(components: readonly ExclusiveComponent[]): number {
  const units = components.map(({ required, available, exposedElsewhere }) =>
    wholeUnits(subtractAmounts(available, exposedElsewhere), required)
  )
  return Math.max(0, units.length === 0 ? 0 : Math.min(...units))
}

/** Before a number is sent, it counts as live: nobody knows when the channel will show it. */
export const raiseExposure = (row: LaneRow, quantity: number): LaneRow => ({
  ...row,
  exposed: Math.max(row.exposed ?? 0, row.acked ?? 0, quantity),
})

/**
 * What may be live once the channel has confirmed `quantity`. It falls only when nothing else can be on its way: no
 * unanswered write, and no sale of the channel's own that the confirmation may have missed.
 */
export function exposureAfterConfirmation(settled: LaneRow, quantity: number): number {
  const isProven = settled.acked === quantity && settled.recheckAt === null
  return isProven ? quantity : Math.max(settled.exposed ?? 0, quantity)
}
