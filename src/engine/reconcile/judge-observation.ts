import { isPending, later, type LaneRow } from "../lane/lane-row"
import { COMPARE_FAILED, SHADOW } from "../lane/lane-reducer"
import { markStale } from "../lane/mark-row"

/** What a channel said about one number when it was asked. */
export interface Observation {
  /** Null when it gave no answer for it: unknown is never zero. */
  readonly quantity: number | null
  /** When it was asked, in milliseconds of the database's clock. */
  readonly askedAt: number
}

export type Judgement =
  /** The channel shows what it accepted. An echo of our own write, too, is no news. */
  | { readonly kind: "equal" }
  /** It gave no answer: nothing is concluded from that. */
  | { readonly kind: "unanswered" }
  /** Something of ours was on its way meanwhile, so the answer proves nothing. The lane will know soon. */
  | { readonly kind: "in-flight" }
  /** We did not know what it shows. Now we do. */
  | { readonly kind: "learned" }
  /** It shows less than it accepted: perhaps a sale that we have not heard of. */
  | { readonly kind: "lower"; readonly by: number }
  /** It shows more than it accepted: somebody changed it there. */
  | { readonly kind: "higher"; readonly by: number }

/** Nothing of ours has touched the channel's number since, and nothing can be on its way to it. */
const isQuietSince = (row: LaneRow, at: number): boolean =>
  row.leaseToken === null && row.recheckAt === null && (row.touchedAt === null || row.touchedAt < at)

/** Compares what a channel says with what it accepted from us. */
export function judgeObservation(row: LaneRow, observation: Observation): Judgement {
  const { quantity } = observation
  if (quantity === null) {
    return { kind: "unanswered" }
  }
  if (!isQuietSince(row, observation.askedAt)) {
    return { kind: "in-flight" }
  }
  if (row.acked === null) {
    return { kind: "learned" }
  }
  if (quantity === row.acked) {
    return { kind: "equal" }
  }
  return quantity < row.acked
    ? { kind: "lower", by: row.acked - quantity }
    : { kind: "higher", by: quantity - row.acked }
}

/** The channel may have sold units that we have not heard of. Before the first write nothing that it shows was ours to sell. */
const UNEXPLAINED = { stateReason: COMPARE_FAILED } as const

/** After so long without another flip the count begins anew. */
const FLIP_WINDOW_MS = 10 * 60_000

function countFlip(row: LaneRow, now: number): Pick<LaneRow, "flipCount" | "flipSince"> {
  const isFresh = row.flipSince !== null && now - row.flipSince < FLIP_WINDOW_MS
  return isFresh ? { flipCount: row.flipCount + 1, flipSince: row.flipSince } : { flipCount: 1, flipSince: now }
}

/**
 * Takes an observation into a row. Returns null when it changes nothing.
 *
 * What the channel shows becomes what we know, and a difference makes the row stale, so that the lane puts it right: down at
 * once; up only once every sale before the observation has been taken over (see `decideRow`).
 */
export function takeObservation(row: LaneRow, observation: Observation, now: number): LaneRow | null {
  const judgement = judgeObservation(row, observation)
  const seen = {
    observed: observation.quantity,
    observedAt: later(row.observedAt, observation.askedAt),
    exposed: Math.max(row.exposed ?? 0, observation.quantity ?? 0),
  }
  if (judgement.kind === "unanswered" || judgement.kind === "in-flight") {
    return null
  }
  if (row.state === "held" && row.stateReason === SHADOW) {
    // A preview compares; it has nothing to put right.
    return { ...row, ...seen, acked: observation.quantity }
  }
  switch (judgement.kind) {
    case "equal":
      return { ...row, ...seen, exposed: row.exposed }
    case "learned": {
      const learned = { ...row, ...seen, acked: observation.quantity, ...(row.writeCount > 0 ? UNEXPLAINED : {}) }
      return isPending(row) ? learned : markStale(learned, { causedAt: now, urgency: 0 })
    }
    case "lower":
    case "higher":
      return {
        ...markStale(row, { causedAt: now, urgency: judgement.kind === "higher" ? 5 : 0 }),
        ...seen,
        ...(judgement.kind === "higher" ? countFlip(row, now) : {}),
        acked: observation.quantity,
        stateReason: COMPARE_FAILED,
      }
  }
}
