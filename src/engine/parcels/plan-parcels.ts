import type { ParcelTracking } from "../../types/channel-order"
import type { OrderRules } from "../../types/order-rules"

/** Pieces of one line in a fulfilment of Medusa. */
export interface FulfilledLine {
  readonly externalLineId: string
  /** Where the channel took the line from. */
  readonly externalLocationId: string
  readonly packSize: number
  readonly pieces: number
  /** Pieces of the line that were in parcels before this one, and the channel units that were told of them. */
  readonly piecesBefore: number
  readonly unitsBefore: number
}

export interface FulfilmentFacts {
  readonly lines: readonly FulfilledLine[]
  /** External locations that the place feeds from which it left. */
  readonly externalLocationIds: readonly string[]
  readonly labels: readonly { readonly number: string; readonly url: string | null }[]
  /** What Medusa knows of the carrier, the most particular first. */
  readonly carriers: readonly string[]
}

/** What a channel is told of one parcel. */
export interface ParcelContent {
  readonly lines: readonly { readonly externalLineId: string; readonly quantity: number }[]
  readonly tracking: readonly ParcelTracking[]
  /** Pieces by line, to count packs that leave in several parcels. */
  readonly pieces: Readonly<Record<string, number>>
}

export interface PlannedParcel {
  readonly externalLocationId: string
  readonly content: ParcelContent
}

const ANYWHERE = "*"

/** The channel's own place of a line wins where the parcel's place feeds it; a channel refuses one parcel from two places. */
function placeOf(line: FulfilledLine, fed: readonly string[]): string {
  const isFed = fed.length === 0 || fed.includes(line.externalLocationId)
  return isFed ? line.externalLocationId : (fed[0] ?? ANYWHERE)
}

/** Whole channel units that this parcel completes: the rest of a pack counts when the last piece of it leaves. */
const unitsOf = (line: FulfilledLine): number =>
  Math.max(Math.floor((line.piecesBefore + line.pieces) / line.packSize) - line.unitsBefore, 0)

function carrierOf({ carriers }: FulfilmentFacts, rules: OrderRules): string | null {
  const named = carriers.find((name) => rules.carriers?.[name] !== undefined)
  return named === undefined ? null : (rules.carriers?.[named] ?? null)
}

/** The parcels of one fulfilment, one for each place of the channel, in the order of the places. Pure. */
export function planParcels(facts: FulfilmentFacts, rules: OrderRules): PlannedParcel[] {
  const places = [...new Set(facts.lines.map((line) => placeOf(line, facts.externalLocationIds)))].sort()
  const carrier = carrierOf(facts, rules)
  return places.map((place) => {
    const lines = facts.lines.filter((line) => placeOf(line, facts.externalLocationIds) === place)
    return {
      externalLocationId: place,
      content: {
        lines: lines
          .map((line) => ({ externalLineId: line.externalLineId, quantity: unitsOf(line) }))
          .filter(({ quantity }) => quantity > 0),
        tracking: facts.labels.map(({ number, url }) => ({ number, url, carrier })),
        pieces: Object.fromEntries(lines.map((line) => [line.externalLineId, line.pieces])),
      },
    }
  })
}
