import fc from "fast-check"
import type { ExternalOrderLine } from "../../../types/channel"
import type { ExternalLocationId } from "../../../types/ids"
import type { OrderContext, ResolvedListing } from "../order-context"
import { carryOut, contextOf, exact, itemOf, line, listing, neededBy, order, planOf, reservedBy } from "./order-world"

const settings = { numRuns: 1_000 }
const ITEMS = ["item_c", "item_a", "item_b"]
const LOCATIONS = ["loc_b", "loc_a", "loc_c"]

const arbitraryListing: fc.Arbitrary<ResolvedListing> = fc
  .record({
    packSize: fc.integer({ min: 1, max: 4 }),
    isManaged: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
    isLinked: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
    parts: fc.subarray(ITEMS, { minLength: 1 }),
    required: fc.array(fc.constantFrom("1", "2", "0.5", "0.000001", "1.2500000"), { minLength: 3, maxLength: 3 }),
  })
  .map(({ packSize, isManaged, isLinked, parts, required }) =>
    listing("any", {
      packSize,
      isManaged,
      ...(isLinked ? {} : { variantId: null }),
      components: parts.map((inventoryItemId, index) => ({ inventoryItemId, required: required[index] ?? "1" })),
    })
  )

const arbitraryLine: fc.Arbitrary<ExternalOrderLine> = fc
  .record({
    sells: fc.constantFrom("one", "two", "three", null),
    externalLocationId: fc.constantFrom("north", "south", "nowhere").map((id) => id as ExternalLocationId),
    quantity: fc.integer({ min: 1, max: 6 }),
    cancelled: fc.nat({ max: 6 }),
  })
  .map(({ cancelled, ...rest }) => line({ ...rest, cancelledQuantity: Math.min(cancelled, rest.quantity) }))

const arbitraryLevels = fc
  .array(fc.option(fc.integer({ min: -30, max: 200 })), { minLength: 9, maxLength: 9 })
  .map((tenths) =>
    tenths.flatMap((amount, index) =>
      amount === null
        ? []
        : {
            inventoryItemId: ITEMS[index % 3] ?? "",
            locationId: LOCATIONS[Math.floor(index / 3)] ?? "",
            available: (amount / 10).toFixed(1),
          }
    )
  )

const arbitraryContext: fc.Arbitrary<OrderContext> = fc
  .record({
    lines: fc.array(arbitraryLine, { minLength: 1, maxLength: 4 }),
    one: arbitraryListing,
    two: arbitraryListing,
    levels: arbitraryLevels,
    north: fc.subarray(LOCATIONS),
    south: fc.subarray(LOCATIONS),
  })
  .map(({ lines, one, two, levels, north, south }) => {
    const mapped = new Set([...north, ...south])
    return contextOf({
      order: order(lines.map((entry, index) => ({ ...entry, externalLineId: `L${index}` }))),
      listings: { one, two },
      // As the query does: only levels at locations that feed the connection.
      levels: levels.filter(({ locationId }) => mapped.has(locationId)),
      locationsByExternal: { north, south },
    })
  })

const hasLevel = (context: OrderContext, inventoryItemId: string): boolean =>
  context.levels.some((level) => level.inventoryItemId === inventoryItemId)

/** What is needed of items that are kept at any location at all. */
const reservable = (context: OrderContext): [string, bigint][] =>
  [...neededBy(context)].filter(([key]) => hasLevel(context, key.split(" ")[1] ?? "")).sort()

const withCancelled = (context: OrderContext, version: number, cancelled: readonly number[]): OrderContext => ({
  ...context,
  order: order(
    context.order.lines.map((entry, index) => ({
      ...entry,
      cancelledQuantity: Math.min(entry.quantity, cancelled[index] ?? 0),
    })),
    version
  ),
})

describe("planOrder, for every first version", () => {
  it("reserves exactly what every line needs, also when it is not there", () => {
    fc.assert(
      fc.property(arbitraryContext, (context) => {
        const after = carryOut(context, planOf(context))
        expect([...reservedBy(after)].sort()).toEqual(reservable(context))
      }),
      settings
    )
  })

  it("reserves only where the item is kept, and elsewhere than behind the external location only if it is not kept there", () => {
    fc.assert(
      fc.property(arbitraryContext, (context) => {
        for (const { inventory_item_id, location_id, line_item_id } of planOf(context).reserve) {
          const kept = context.levels.filter((level) => level.inventoryItemId === inventory_item_id)
          expect(kept.map((level) => level.locationId)).toContain(location_id)
          const sold = context.order.lines.find((entry) => itemOf(entry.externalLineId) === line_item_id)
          const feeding = context.locationsByExternal[sold?.externalLocationId ?? ""] ?? []
          const isKeptThere = kept.some((level) => feeding.includes(level.locationId))
          expect(!isKeptThere || feeding.includes(location_id)).toBe(true)
        }
      }),
      settings
    )
  })

  it("takes no more than is free from a location unless everything there is, is not enough", () => {
    fc.assert(
      fc.property(arbitraryContext, (context) => {
        const oneLine = { ...context, order: order(context.order.lines.slice(0, 1)) }
        const after = carryOut(oneLine, planOf(oneLine))
        const feeding = context.locationsByExternal[context.order.lines[0]?.externalLocationId ?? ""] ?? []
        for (const [index, before] of oneLine.levels.entries()) {
          const now = after.levels[index]?.available ?? before.available
          if (exact(now) < 0n && now !== before.available && exact(now) < exact(before.available)) {
            const others = after.levels.filter(
              (level) => level.inventoryItemId === before.inventoryItemId && feeding.includes(level.locationId)
            )
            expect(others.every((level) => exact(level.available) <= 0n)).toBe(true)
          }
        }
      }),
      settings
    )
  })

  it("sorts reservations by inventory item, so that no two processes wait for each other", () => {
    fc.assert(
      fc.property(arbitraryContext, (context) => {
        const items = planOf(context).reserve.map((reservation) => reservation.inventory_item_id)
        expect(items).toEqual([...items].sort())
      }),
      settings
    )
  })

  it("plans nothing more after it was carried out, and the rest after a part of it was", () => {
    fc.assert(
      fc.property(arbitraryContext, fc.nat({ max: 12 }), (context, done) => {
        const plan = planOf(context)
        const after = carryOut(context, plan)
        expect(planOf(after)).toMatchObject({ createLines: null, reserve: [], release: [], shrink: [] })
        const crashed = carryOut(context, { ...plan, reserve: plan.reserve.slice(0, done) })
        const resumed = carryOut(crashed, planOf(crashed))
        expect([...reservedBy(resumed)].sort()).toEqual([...reservedBy(after)].sort())
      }),
      settings
    )
  })
})

describe("planOrder, for every later version", () => {
  const arbitraryCancels = fc.array(fc.nat({ max: 6 }), { minLength: 4, maxLength: 4 })

  it("gives back exactly the surplus, and nothing twice", () => {
    fc.assert(
      fc.property(arbitraryContext, arbitraryCancels, (first, cancels) => {
        const context = withCancelled(first, 1, [])
        const known = { ...carryOut(context, planOf(context)), knownVersion: 1, hasFulfillment: true }
        const next = withCancelled(known, 2, cancels)
        const plan = planOf(next)
        const after = carryOut(next, plan)
        expect([...reservedBy(after)].sort()).toEqual(reservable(next))
        expect(new Set([...plan.release, ...plan.shrink.map(({ id }) => id)]).size).toBe(
          plan.release.length + plan.shrink.length
        )
        const heldBefore = new Map(next.reservations.map(({ id, quantity }) => [id, exact(quantity)]))
        for (const { id, quantity } of plan.shrink) {
          expect(exact(quantity) > 0n && exact(quantity) < (heldBefore.get(id) ?? 0n)).toBe(true)
        }
        expect(planOf(after)).toMatchObject({ reserve: [], release: [], shrink: [] })
      }),
      settings
    )
  })

  it("ends the same in whatever order the versions come, however often", () => {
    const arbitraryCome = fc
      .integer({ min: 1, max: 4 })
      .chain((count) =>
        fc.tuple(
          fc.array(arbitraryCancels, { minLength: count, maxLength: count }),
          fc.shuffledSubarray(
            [...Array.from({ length: count }, (_, index) => index), ...Array.from({ length: count }, (_, i) => i)],
            { minLength: count * 2, maxLength: count * 2 }
          )
        )
      )
    fc.assert(
      fc.property(arbitraryContext, arbitraryCome, (context, [cancels, come]) => {
        // Cancelled units only grow: a channel does not take a cancellation back.
        const versions = cancels.map((_, upTo) =>
          [0, 1, 2, 3].map((index) => Math.max(...cancels.slice(0, upTo + 1).map((units) => units[index] ?? 0)))
        )
        const apply = (state: OrderContext, index: number): OrderContext => {
          const next = withCancelled(state, index + 1, versions[index] ?? [])
          const plan = planOf(next)
          return { ...carryOut(next, plan), knownVersion: Math.max(state.knownVersion, plan.isStale ? 0 : index + 1) }
        }
        const inOrder = versions.reduce((state, _, index) => apply(state, index), context)
        const shuffled = come.reduce(apply, context)
        const isWanted = (state: OrderContext): boolean => state.orderExists && !state.isCanceledInMedusa
        expect([...reservedBy(shuffled)].sort()).toEqual([...reservedBy(inOrder)].sort())
        expect(isWanted(shuffled)).toBe(isWanted(inOrder))
        expect(shuffled.knownVersion).toBe(versions.length)
      }),
      settings
    )
  })
})
