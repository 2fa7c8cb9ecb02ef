import type { GuardState, StaleCause } from "../../types/states"
import type { LaneRow } from "../lane/lane-row"

/** When a guard stops a connection. */
export interface GuardPolicy {
  readonly windowMs: number
  /** Fewer listings than this are never a mass change. */
  readonly minListings: number
  /** From 0 to 1, of all listings of the connection. */
  readonly share: number
  /** So often may somebody put another number over ours within the window before we stop answering. */
  readonly maxFlips: number
}

export const DEFAULT_GUARD_POLICY: GuardPolicy = { windowMs: 10 * 60_000, minListings: 20, share: 0.3, maxFlips: 3 }

/** What is counted in one minute, oldest first: `[minute since the epoch, listings]`. */
export type GuardMinutes = readonly (readonly [minute: number, listings: number])[]

export interface GuardWindow {
  readonly state: GuardState
  /** When the state began, in milliseconds; null while watching. */
  readonly since: number | null
  readonly minutes: GuardMinutes
}

export const EMPTY_GUARD_WINDOW: GuardWindow = { state: "watching", since: null, minutes: [] }

/** Listings that were counted within the window. */
export const changedWithin = ({ minutes }: Pick<GuardWindow, "minutes">): number =>
  minutes.reduce((sum, [, listings]) => sum + listings, 0)

/** A number that is about to be written over another one. */
export interface GuardChange {
  readonly id: string
  /**
   * What the channel was told, or shows if that is less: a higher number that somebody else has put there is not ours to keep
   * up. Null before the first write: that is previewed.
   */
  readonly base: number | null
  /** What the channel shows as far as we know. */
  readonly shown: number | null
  readonly quantity: number
  /** Channel units reserved since the last acknowledgement, rounded up. */
  readonly sold: number
  readonly cause: StaleCause | null
  /** When a guard counted this listing last, in milliseconds. */
  readonly countedAt: number | null
  readonly flips: number
  readonly flipsSince: number | null
}

const knownMinimum = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

/** What a guard has to know of a number that is about to be written. */
export const toGuardChange = (row: LaneRow, quantity: number, packSize: number): GuardChange => ({
  id: row.id,
  base: row.writeCount === 0 ? null : knownMinimum(row.acked, row.desired),
  shown: row.acked,
  quantity,
  sold: Math.ceil(Math.max(0, row.claimedSoldUnits - row.ackedSoldUnits) / packSize),
  cause: row.claimedCause,
  countedAt: row.guardCountedAt,
  flips: row.flipCount,
  flipsSince: row.flipSince,
})

export type GuardVerdict =
  | { readonly kind: "pass" }
  /** `show` is what may be shown meanwhile: never more than now, and less by everything that was sold. */
  | { readonly kind: "hold"; readonly reason: "mass-change" | "loop"; readonly base: number; readonly show: number }

export interface GuardPlan {
  readonly window: GuardWindow
  /** In the order of the changes. */
  readonly verdicts: readonly GuardVerdict[]
  /** Ids of the changes that were counted now. */
  readonly counted: readonly string[]
  /** The guard has stopped the connection with this batch: a person has to be told. */
  readonly hasTripped: boolean
}

const PASS: GuardVerdict = { kind: "pass" }
const MINUTE_MS = 60_000

/** How far the number may fall because of what was sold. */
const lowestBySales = (change: GuardChange, base: number): number => Math.max(0, base - change.sold)

/** Sales alone explain it: such a decrease is never held. */
const isExplainedBySales = (change: GuardChange, base: number): boolean =>
  change.quantity <= base && change.quantity >= lowestBySales(change, base)

/** A mass change holds increases, and cuts of which we know that somebody edited the stock. What we cannot tell may fall. */
const isGuarded = (change: GuardChange, base: number): boolean =>
  change.quantity > base || (change.quantity < lowestBySales(change, base) && change.cause === "edit")

/** Large enough to be counted: at least halved, or at least tripled. A few more after a delivery is what stock is for. */
const isLarge = (change: GuardChange, base: number): boolean =>
  change.quantity < base ? change.quantity * 2 <= base : base > 0 && change.quantity >= base * 3

const isLooping = (change: GuardChange, now: number, policy: GuardPolicy): boolean =>
  change.flips >= policy.maxFlips && change.flipsSince !== null && now - change.flipsSince < policy.windowMs

function hold(change: GuardChange, base: number, reason: "mass-change" | "loop"): GuardVerdict {
  return { kind: "hold", reason, base, show: lowestBySales(change, base) }
}

/** Forgets what has left the window, and a release whose time is over. */
function slide(window: GuardWindow, now: number, policy: GuardPolicy): GuardWindow {
  const isReleaseOver = window.state === "released" && now - (window.since ?? 0) >= policy.windowMs
  const oldest = Math.floor((now - policy.windowMs) / MINUTE_MS)
  return {
    ...(isReleaseOver ? { state: "watching", since: null } : { state: window.state, since: window.since }),
    minutes: isReleaseOver ? [] : window.minutes.filter(([minute]) => minute > oldest),
  }
}

function add(minutes: GuardMinutes, now: number, listings: number): GuardMinutes {
  if (listings === 0) {
    return minutes
  }
  const minute = Math.floor(now / MINUTE_MS)
  const last = minutes.at(-1)
  return last?.[0] === minute
    ? [...minutes.slice(0, -1), [minute, last[1] + listings]]
    : [...minutes, [minute, listings]]
}

export interface GuardContext {
  readonly now: number
  /** Listings of the connection. */
  readonly listingCount: number
  /**
   * Listings that wait behind this batch and whose edited stock has lost more than half: a channel that takes few numbers at
   * a time must not be emptied a few at a time before anybody notices.
   */
  readonly looming: number
  readonly policy: GuardPolicy
}

/**
 * Decides which numbers of a batch may go out, given what went out within the window.
 *
 * It only ever stops in the safe direction: a decrease that sales explain always passes, also in the middle of a mass
 * change, and of a held number the sold part is taken off all the same.
 */
export function planGuard(window: GuardWindow, changes: readonly GuardChange[], context: GuardContext): GuardPlan {
  const { now, policy } = context
  const slid = slide(window, now, policy)
  const counted =
    slid.state === "released"
      ? []
      : changes.filter(
          (change) =>
            change.base !== null &&
            isGuarded(change, change.base) &&
            isLarge(change, change.base) &&
            (change.countedAt === null || now - change.countedAt >= policy.windowMs)
        )
  const minutes = add(slid.minutes, now, counted.length)
  const passed = changedWithin({ minutes })
  const total = counted.length > 0 ? passed + context.looming : passed
  const hasTripped =
    slid.state === "watching" && total >= policy.minListings && total >= policy.share * context.listingCount
  const isHolding = hasTripped || slid.state === "holding"
  return {
    window: hasTripped ? { state: "holding", since: now, minutes } : { ...slid, minutes },
    verdicts: changes.map((change) => {
      const { base } = change
      if (base === null) {
        return PASS
      }
      if (isLooping(change, now, policy) && change.sold === 0 && change.shown !== null) {
        // We stop answering: what the other program wants is left there until a person decides.
        return change.quantity === change.shown ? PASS : { kind: "hold", reason: "loop", base, show: change.shown }
      }
      if (change.quantity === base || isExplainedBySales(change, base)) {
        return PASS
      }
      if (isLooping(change, now, policy)) {
        return hold(change, base, "loop")
      }
      return isHolding && isGuarded(change, base) ? hold(change, base, "mass-change") : PASS
    }),
    counted: counted.map(({ id }) => id),
    hasTripped,
  }
}

/** A person has looked at it and lets it pass. */
export const releaseGuard = (window: GuardWindow, now: number): GuardWindow => ({
  ...window,
  state: "released",
  since: now,
  minutes: [],
})

/** Nothing is held any more, because the stock was put right: the guard watches again. */
export const settleGuard = (window: GuardWindow): GuardWindow =>
  window.state === "holding" ? { state: "watching", since: null, minutes: [] } : window
