/** Part of a batch, from `from` up to but without `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

interface Waiting extends Span {
  /** Its left half was taken although both together were refused: the bad one is in here, so it is not sent as a whole. */
  readonly isTwin: boolean
}

/** Where the search for the items that make a channel refuse a whole batch stands. The last span is sent next. */
export interface Bisection {
  readonly waiting: readonly Waiting[]
  /** Calls made so far. */
  readonly calls: number
}

/** Begins with the whole batch: one that is taken costs one call, as without any search. */
export const beginBisection = (count: number): Bisection => ({
  waiting: count > 0 ? [{ from: 0, to: count, isTwin: false }] : [],
  calls: 0,
})

/** What to send now, or null when every item has been answered for. */
export const nextSpan = ({ waiting }: Bisection): Span | null => waiting.at(-1) ?? null

const sizeOf = ({ from, to }: Span): number => to - from

function halves({ from, to }: Span): [left: Waiting, right: Waiting] {
  const middle = from + Math.floor((to - from) / 2)
  return [
    { from, to: middle, isTwin: false },
    { from: middle, to, isTwin: true },
  ]
}

/** A span that is known to hold a bad item is split without asking; a single item is asked about once more, for its reason. */
function splitKnownBad(span: Span): readonly Waiting[] {
  if (sizeOf(span) === 1) {
    return [{ ...span, isTwin: false }]
  }
  const [left, right] = halves(span)
  return [right, left]
}

/**
 * Goes on after the channel has answered for {@link nextSpan}: `taken` when it gave every item an outcome of its own,
 * `refused` when it refused the call as a whole. A refused single item is that item's own refusal.
 *
 * One bad item among n costs at most 2·log₂ n calls more than a good batch.
 */
export function answerSpan({ waiting, calls }: Bisection, answer: "taken" | "refused"): Bisection {
  const span = waiting.at(-1)
  if (!span) {
    return { waiting, calls }
  }
  const rest = waiting.slice(0, -1)
  const next = rest.at(-1)
  if (answer === "taken") {
    // Only the right half that waits behind its own left half is known to be bad now.
    return next?.isTwin && next.from === span.to
      ? { waiting: [...rest.slice(0, -1), ...splitKnownBad(next)], calls: calls + 1 }
      : { waiting: rest, calls: calls + 1 }
  }
  // The left half was bad, so nothing is known of the right one.
  const others = next?.isTwin && next.from === span.to ? [...rest.slice(0, -1), { ...next, isTwin: false }] : rest
  if (sizeOf(span) === 1) {
    return { waiting: others, calls: calls + 1 }
  }
  const [left, right] = halves(span)
  return { waiting: [...others, right, left], calls: calls + 1 }
}

/**
 * Most calls that one batch may cost: enough for a few bad items. What is left then waits for the next claim, so that a
 * channel that refuses everything is not asked about each item in one go.
 */
export const callBudget = (count: number): number => 1 + 6 * Math.ceil(Math.log2(Math.max(2, count)))
