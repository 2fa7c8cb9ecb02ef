import fc from "fast-check"
import { formatMoney, parseDecimal } from "../../../lib/money"
import type { ExternalOrder, ExternalOrderLine, ExternalRefund } from "../../../types/channel-order"
import { decideOrder } from "../decide-order"
import { computeMedusaTotals } from "../medusa-totals"
import { digestOf } from "../order-lines"
import type { OrderContext } from "../order-context"
import { planEdit, type CurrentOrder } from "../plan-edit"
import { carryOut, contextOf, exact, line, listing, neededBy, order, reservedBy } from "./order-world"

/* An order of a channel that lives for some versions, and Medusa, to which they are told in any order, doubled, or not at all. */

type Step =
  | { readonly kind: "add"; readonly sells: string; readonly quantity: number; readonly cents: number }
  | { readonly kind: "grow"; readonly line: number; readonly by: number }
  | {
      readonly kind: "refund"
      readonly line: number
      readonly units: number
      readonly restock: boolean
      readonly isTold: boolean
    }
  | { readonly kind: "nothing" }

const SELLS = ["shirt", "pack", "kit", "unlinked"] as const

const LISTINGS = {
  shirt: listing("shirt"),
  pack: listing("pack", { packSize: 6, components: [{ inventoryItemId: "item_shirt", required: "1" }] }),
  kit: listing("kit", {
    components: [
      { inventoryItemId: "item_shirt", required: "2" },
      { inventoryItemId: "item_cap", required: "1" },
    ],
  }),
  unlinked: listing("unlinked", { variantId: null, components: [] }),
}

const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("add" as const),
    sells: fc.constantFrom(...SELLS),
    quantity: fc.integer({ min: 1, max: 4 }),
    cents: fc.integer({ min: 1, max: 5_000 }),
  }),
  fc.record({ kind: fc.constant("grow" as const), line: fc.nat({ max: 4 }), by: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant("refund" as const),
    line: fc.nat({ max: 4 }),
    units: fc.integer({ min: 1, max: 4 }),
    restock: fc.boolean(),
    isTold: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("nothing" as const) })
)

const money = (cents: number): string => (cents / 100).toFixed(2)

function nextVersion(before: ExternalOrder, step: Step): ExternalOrder {
  const version = before.version + 1
  const at = step.kind === "grow" || step.kind === "refund" ? step.line % before.lines.length : -1
  switch (step.kind) {
    case "add": {
      const added = line({
        externalLineId: `L${before.lines.length}`,
        sells: step.sells,
        quantity: step.quantity,
        unitPrice: money(step.cents),
      })
      return { ...before, version, lines: [...before.lines, added] }
    }
    case "grow":
      return {
        ...before,
        version,
        lines: before.lines.map((one, index) => (index === at ? { ...one, quantity: one.quantity + step.by } : one)),
      }
    case "refund": {
      const of = before.lines[at]
      const units = Math.min(step.units, of ? of.quantity - of.cancelledQuantity : 0)
      if (!of || units === 0) {
        return { ...before, version }
      }
      const refund: ExternalRefund = {
        externalId: `R${version}`,
        createdAt: "2026-11-05T10:00:00.000Z",
        lines: [
          {
            externalLineId: of.externalLineId,
            quantity: units,
            restock: step.restock,
            ...(step.isTold ? { amount: money(Math.round(Number(of.unitPrice) * 100) * units) } : {}),
          },
        ],
      }
      const lines = before.lines.map((one, index) =>
        index === at ? { ...one, cancelledQuantity: one.cancelledQuantity + units } : one
      )
      return { ...before, version, lines, refunds: [...(before.refunds ?? []), refund] }
    }
    case "nothing":
      return { ...before, version }
  }
}

/** Medusa beside its stock: the lines of the order with their money. */
interface Shop {
  readonly context: OrderContext
  readonly order: CurrentOrder
}

const levels = ["item_shirt", "item_cap"].flatMap((inventoryItemId) =>
  ["loc_a", "loc_b"].map((locationId) => ({ inventoryItemId, locationId, available: "6" }))
)

const nobody = (first: ExternalOrder): Shop => ({
  context: contextOf({
    order: first,
    existingQuantities: {},
    listings: LISTINGS,
    levels,
    locationsByExternal: { "*": ["loc_a", "loc_b"] },
    keptAside: [],
    knownRefundIds: [],
    appliedDigest: null,
  }),
  order: { lines: [], creditReferences: [] },
})

/** Takes one message over, as the workflow does; a crash leaves everything done but the version not taken over. */
function tell(shop: Shop, message: ExternalOrder, crashes: boolean): Shop {
  const context: OrderContext = { ...shop.context, order: message }
  const decided = decideOrder(context)
  if (!decided.ok) {
    throw new Error(decided.error.message)
  }
  const plan = decided.value
  if (plan.isStale) {
    return shop
  }
  const wanted = plan.createLines ?? null
  const steps = plan.edit ? planEdit(shop.order, plan.edit, []) : null
  const written = [...(wanted ?? []), ...(steps?.add ?? []), ...(steps?.update ?? [])]
  const gone = new Set([...written.map(({ id }) => id), ...(steps?.remove ?? [])])
  const lines = [
    ...shop.order.lines.filter(({ id }) => !gone.has(id)),
    ...written.map((one) => ({
      id: one.id,
      isOurs: true,
      quantity: String(one.quantity),
      fulfilled: "0",
      unitPrice: one.unit_price,
      adjustments: one.adjustments,
      taxLines: one.tax_lines,
    })),
  ]
  const after = carryOut(context, plan)
  const kept = plan.keepAside.map(({ metadata, inventory_item_id: inventoryItemId }) => ({
    refundId: String(metadata.hub_refund_id),
    lineItemId: String(metadata.hub_line_item_id),
    inventoryItemId,
  }))
  return {
    order: { lines, creditReferences: [] },
    context: {
      ...after,
      existingQuantities: Object.fromEntries(lines.map(({ id, quantity }) => [id, Number(quantity)])),
      keptAside: [...(context.keptAside ?? []), ...kept],
      ...(crashes
        ? {}
        : {
            knownVersion: message.version,
            knownRefundIds: (message.refunds ?? []).map(({ externalId }) => externalId),
            appliedDigest: digestOf(message),
          }),
    },
  }
}

/** What the order in Medusa comes to, and what the channel's does: price times open units. */
function totals({ order: { lines } }: Shop, last: ExternalOrder): [string, string] {
  const medusa = computeMedusaTotals(
    {
      currency_code: "eur",
      decimals: 2,
      rates: "named",
      lines: lines.map((one) => ({
        key: one.id,
        title: "",
        quantity: Number(one.quantity),
        unit_price: one.unitPrice,
        is_tax_inclusive: false,
        adjustments: one.adjustments,
        tax_lines: [],
      })),
      shipping_methods: [],
      credit_lines: [],
    },
    false
  )
  const cents = last.lines.reduce(
    (sum, { quantity, cancelledQuantity, unitPrice }) =>
      sum + Math.round(Number(unitPrice) * 100) * (quantity - cancelledQuantity),
    0
  )
  const value = parseDecimal(medusa.total)
  return [value.ok ? formatMoney(value.value, 2) : "", money(cents)]
}

const arbitraryStory = fc.array(arbitraryStep, { minLength: 1, maxLength: 6 }).map((steps) => {
  const first = order([line({ externalLineId: "L0", sells: "shirt", quantity: 3, unitPrice: "9.99" })], 1)
  return steps.reduce<ExternalOrder[]>(
    (versions, step) => {
      const last = versions.at(-1) ?? first
      return [...versions, nextVersion(last, step)]
    },
    [first]
  )
})

/** Every version ten times, shuffled, one in twenty lost; the last comes at least once, by a webhook or by the poller. */
const arbitrarySchedule = arbitraryStory.chain((story) => {
  const all = Array.from({ length: 10 }, () => story).flat()
  return fc.record({
    story: fc.constant(story),
    messages: fc
      .tuple(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.nat({ max: 19 }), { minLength: all.length, maxLength: all.length })
      )
      .map(([shuffled, dice]) => [...shuffled.filter((_, index) => dice[index] !== 0), ...story.slice(-1)]),
    crashes: fc.array(
      fc.nat({ max: 4 }).map((one) => one === 0),
      { minLength: all.length + 1, maxLength: all.length + 1 }
    ),
  })
})

const isOpen = ({ lines }: ExternalOrder): boolean =>
  lines.some((one: ExternalOrderLine) => one.quantity > one.cancelledQuantity)

describe("an order whose versions come shuffled, doubled, or not at all", () => {
  it("ends with the goods, the reservations and the money of its last version", () => {
    fc.assert(
      fc.property(arbitrarySchedule, ({ story, messages, crashes }) => {
        const first = story[0]
        const last = story.at(-1)
        if (!first || !last) {
          return
        }
        let shop = nobody(first)
        messages.forEach((message, index) => {
          shop = tell(shop, message, (crashes[index] ?? false) && index < messages.length - 1)
          // Whatever comes afterwards: a crash is followed by the same message.
          if (crashes[index]) {
            shop = tell(shop, message, false)
          }
        })
        if (!isOpen(last)) {
          expect(shop.context.isCanceledInMedusa || !shop.context.orderExists).toBe(true)
          return
        }
        if (shop.context.isCanceledInMedusa) {
          return
        }
        const reserved = reservedBy({ ...shop.context, order: last })
        const needed = neededBy({ ...shop.context, order: last })
        for (const [key, amount] of needed) {
          expect([key, reserved.get(key) ?? 0n]).toEqual([key, amount])
        }
        const [medusa, channel] = totals(shop, last)
        expect(medusa).toBe(channel)
      }),
      { numRuns: 120 }
    )
  })

  it("keeps out of sale exactly what was refunded without restock, however often it is told", () => {
    const first = order([line({ quantity: 4 })], 1)
    const refunded = nextVersion(first, { kind: "refund", line: 0, units: 2, restock: false, isTold: true })
    const free = (shop: Shop): bigint =>
      shop.context.levels
        .filter(({ inventoryItemId }) => inventoryItemId === "item_shirt")
        .reduce((sum, { available }) => sum + exact(available), 0n)
    let shop = tell(nobody(first), first, false)
    const before = free(shop)
    const kept = decideOrder({ ...shop.context, order: refunded })
    expect(kept.ok && kept.value.keepAside.map(({ quantity }) => quantity)).toEqual([2])
    shop = tell(tell(shop, refunded, true), refunded, false)
    shop = tell(shop, refunded, false)
    // The world does not know of reservations without a line; with them, nothing has become free.
    expect(free(shop) - before).toBe(exact("2"))
    expect(shop.context.keptAside).toHaveLength(1)
  })
})
