import { newLaneRow, type LaneRow } from "../../src/engine/lane/lane-row"
import type { ConnectionShape, ListingShape } from "./shape"

/** A quantity on its way to a channel. */
export interface PendingWrite {
  readonly slot: Slot
  readonly token: string
  readonly quantity: number
  readonly compareWith: number | null
  /** What the hub believed the channel to show when it decided. */
  readonly believed: number | null
  /** Which truth it was worked out from. */
  readonly readVersion: number
  /** Whether it may still take effect. */
  isOpen: boolean
}

/** One listing at one external location, as all sides know it: the hub's row, the channel's number, and the truth. */
export interface Slot {
  readonly id: string
  readonly connection: ConnectionShape
  readonly listing: ListingShape
  readonly externalLocationId: string
  readonly feeding: readonly string[]

  /** The row of `hub_listing_state`. */
  row: LaneRow
  /** When the row was last claimed. */
  lookedAt: number
  /** Versions that nothing has answered yet, with the moments of their causes. */
  causes: { readonly version: number; readonly causedAt: number }[]
  /** A recheck began without a cause, so the row may say a moment that no change explains. */
  hadRecheck: boolean

  /** Captured changes of its stock that are not marked yet. */
  captured: number
  /** Its stock changed without being captured: only the sweep can find that. */
  isMissed: boolean

  /** What the channel shows. */
  shown: number
  /** The newest truth that a write brought to the channel. */
  newestApplied: number
  /** Changes of the channel's own (sales, cancellations) that the hub has not finished taking over. */
  unseen: number
  /** Writes that were sent and may still take effect. */
  readonly open: Set<PendingWrite>
  /** Somebody changed the number on the channel, and we have not looked since. */
  foreignAt: number | null
  /** The channel refuses this listing for good, until somebody mends it. */
  isPoisoned: boolean

  /** What the channel should show. */
  truth: number
  /** Grows with every change of a level that the truth depends on. */
  truthVersion: number
  /** The truth that the last acknowledgement answered, and the last one that somebody edited. */
  answeredVersion: number
  editedVersion: number
}

export const newSlot = (
  connection: ConnectionShape,
  listing: ListingShape,
  place: { readonly externalLocationId: string; readonly feeding: readonly string[]; readonly now: number }
): Slot => {
  const id = `${listing.id}@${place.externalLocationId}`
  return {
    id,
    connection,
    listing,
    externalLocationId: place.externalLocationId,
    feeding: place.feeding,
    row: newLaneRow(id, place.now),
    lookedAt: place.now,
    causes: [{ version: 1, causedAt: place.now }],
    hadRecheck: false,
    captured: 0,
    isMissed: false,
    shown: 0,
    newestApplied: 0,
    unseen: 0,
    open: new Set(),
    foreignAt: null,
    isPoisoned: false,
    truth: 0,
    truthVersion: 1,
    answeredVersion: 0,
    editedVersion: 1,
  }
}
