import type { Random } from "../kernel/random"

/** A variant and the inventory items that one unit of it is made of. */
export interface VariantShape {
  readonly id: string
  readonly components: readonly { readonly itemId: string; readonly required: number }[]
}

export interface RuleShape {
  readonly buffer: number
  readonly cap: number | null
  /** Of what is there, for this listing alone; null: it shows the shared pool. */
  readonly sharePercent: number | null
}

export interface ListingShape {
  readonly id: string
  readonly externalId: string
  readonly variant: VariantShape
  readonly packSize: number
  readonly rule: RuleShape
}

/** A channel and our connection to it. */
export interface ConnectionShape {
  readonly id: string
  readonly name: string
  readonly compareAndSet: boolean
  readonly maxBatch: number
  readonly lateApplyWindowMs: number
  /** One bad item makes it refuse a whole call; otherwise it refuses that item alone. */
  readonly refusesWholeCalls: boolean
  /** Whether we can read back what it shows, and which orders it took. */
  readonly readsStock: boolean
  readonly listsOrders: boolean
  /** So many large changes at once stop it. */
  readonly guardListings: number
  /** How far its clock is ahead of the database's, in milliseconds. */
  readonly clockSkewMs: number
  /** The stock locations that feed each external location. */
  readonly feeding: ReadonlyMap<string, readonly string[]>
  readonly listings: readonly ListingShape[]
}

/** How often things go wrong, each from 0 to 1 and per occasion. */
export interface Roughness {
  readonly callFails: number
  readonly messageLost: number
  readonly captureLost: number
  readonly stepFails: number
  /** Mean time between two deaths or stalls of one worker, in milliseconds. */
  readonly workerFailsEveryMs: number
}

export interface WorldShape {
  readonly itemIds: readonly string[]
  readonly locationIds: readonly string[]
  readonly connections: readonly ConnectionShape[]
  readonly workers: number
  readonly roughness: Roughness
}

const CALM: Roughness = { callFails: 0, messageLost: 0, captureLost: 0, stepFails: 0, workerFailsEveryMs: Infinity }
const BUSY: Roughness = {
  callFails: 0.15,
  messageLost: 0.05,
  captureLost: 0.02,
  stepFails: 0.03,
  workerFailsEveryMs: 60_000,
}
const STORM: Roughness = {
  callFails: 0.5,
  messageLost: 0.3,
  captureLost: 0.15,
  stepFails: 0.15,
  workerFailsEveryMs: 12_000,
}

const named = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`)

function chooseVariant(random: Random, id: string, itemIds: readonly string[]): VariantShape {
  const size = random.chance(0.3) ? 2 : 1
  const start = random.below(itemIds.length)
  const components = Array.from({ length: size }, (_, index) => ({
    itemId: itemIds[(start + index) % itemIds.length] ?? "",
    required: random.chance(0.2) ? 2 : 1,
  })).sort((a, b) => (a.itemId < b.itemId ? -1 : 1))
  return { id, components }
}

function chooseFeeding(random: Random, locationIds: readonly string[]): Map<string, readonly string[]> {
  if (locationIds.length === 1 || random.chance(0.5)) {
    return new Map([["*", locationIds.slice(0, random.between(1, locationIds.length))]])
  }
  // The last external location sums up what is left.
  const places = random.between(2, locationIds.length)
  return new Map(
    Array.from({ length: places }, (_, index) => [
      `E${index + 1}`,
      index === places - 1 ? locationIds.slice(index) : locationIds.slice(index, index + 1),
    ])
  )
}

function chooseConnection(
  random: Random,
  name: string,
  shop: { variants: readonly VariantShape[]; locationIds: readonly string[]; sharePercent: number | null }
): ConnectionShape {
  const chosen = shop.variants.filter(() => random.chance(0.7))
  const listings = (chosen.length > 0 ? chosen : shop.variants.slice(0, 1)).map((variant, index): ListingShape => ({
    id: `${name}.listing${index + 1}`,
    externalId: `${name}.X${index + 1}`,
    variant,
    packSize: random.chance(0.2) ? random.between(2, 3) : 1,
    rule: { buffer: random.chance(0.2) ? 1 : 0, cap: random.chance(0.1) ? 5 : null, sharePercent: shop.sharePercent },
  }))
  return {
    id: name,
    name,
    compareAndSet: random.chance(0.5),
    maxBatch: random.pick([1, 2, 4, 6, 12]) ?? 6,
    lateApplyWindowMs: random.between(1, 8) * 1_000,
    refusesWholeCalls: random.chance(0.5),
    readsStock: random.chance(0.8),
    listsOrders: random.chance(0.8),
    guardListings: random.pick([2, 3, 5, 1_000]) ?? 1_000,
    clockSkewMs: random.chance(0.3) ? random.between(-60, 60) * 1_000 : 0,
    feeding: chooseFeeding(random, shop.locationIds),
    listings,
  }
}

/** Chooses a small shop with its channels, and how rough its days are. */
export function chooseShape(random: Random): WorldShape {
  const itemIds = named("item", random.between(2, 5))
  const locationIds = named("loc", random.between(1, 3))
  const variants = named("variant", random.between(2, 5)).map((id) => chooseVariant(random, id, itemIds))
  const names = named("C", random.between(2, 4))
  const isShared = random.chance(0.7)
  // At times more is promised in shares than there is; what is really given may never be.
  const sharePercent = isShared ? null : Math.floor((random.chance(0.3) ? 150 : 100) / names.length)
  const connections = names.map((name) =>
    chooseConnection(random, name, {
      variants,
      locationIds,
      sharePercent: random.chance(0.8) ? sharePercent : null,
    })
  )
  const roughness = random.pick([CALM, BUSY, BUSY, STORM]) ?? BUSY
  return { itemIds, locationIds, connections, workers: random.between(1, 3), roughness }
}
