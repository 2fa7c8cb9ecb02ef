import { currencyDecimals, formatMoney, parseDecimal } from "../../../lib/money"
import type { ExternalOrder } from "../../../types/channel-order"
import type { TotalsCheck } from "../../../types/order-check"
import { computeMedusaTotals } from "../medusa-totals"
import { planMoney, type PlannedMoney } from "../plan-money"
import { checkTotals, describeCheck } from "../plan-totals-check"
import { FIXTURES, packSizeIn, type OrderFixture } from "./order-fixtures"

const valueOf = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!result.ok) {
    throw new Error(result.error.message)
  }
  return result.value
}

const moneyOf = ({ order, packs }: Pick<OrderFixture, "order" | "packs">, what: "ordered" | "wanted"): PlannedMoney =>
  valueOf(planMoney(order, what, packSizeIn({ packs })))

const totalsOf = (fixture: Pick<OrderFixture, "order" | "packs">, what: "ordered" | "wanted") =>
  computeMedusaTotals(moneyOf(fixture, what), fixture.order.taxInclusive ?? false)

const check = (fixture: Pick<OrderFixture, "order" | "packs">): TotalsCheck =>
  valueOf(checkTotals(fixture.order, { ordered: totalsOf(fixture, "ordered"), wanted: totalsOf(fixture, "wanted") }))

const byName = (name: string): OrderFixture => {
  const found = FIXTURES.find((fixture) => fixture.name === name)
  if (!found) {
    throw new Error(`There is no fixture "${name}".`)
  }
  return found
}

/** One smallest unit more or less. */
const nudge = (amount: string, order: ExternalOrder): string => {
  const decimals = currencyDecimals(order.currencyCode)
  const units = BigInt(amount.replace(".", "")) + 1n
  const text = String(units).padStart(decimals + 1, "0")
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
}

const withTotals = (fixture: OrderFixture, over: Partial<NonNullable<ExternalOrder["totals"]>>) => ({
  ...fixture,
  order: { ...fixture.order, totals: { total: "0", ...fixture.order.totals, ...over } },
})

describe("the money of an order", () => {
  it("has sixty fixtures and no two of one name", () => {
    expect(FIXTURES.length).toBeGreaterThanOrEqual(60)
    expect(new Set(FIXTURES.map(({ name }) => name)).size).toBe(FIXTURES.length)
  })

  describe.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))("%s", (_name, fixture) => {
    const { order } = fixture

    it("comes to the channel's cents by Medusa's own reckoning", () => {
      const result = check(fixture)
      expect(describeCheck(result)).toBe(`${order.currencyCode.toUpperCase()}: `)
      expect(result.state).toBe("equal")
      const { total } = totalsOf(fixture, "ordered")
      const decimals = currencyDecimals(order.currencyCode)
      expect(formatMoney(valueOf(parseDecimal(total)), decimals)).toBe(order.totals?.total)
    })

    it("is held when the channel says one cent more, in any of its totals or on a line", () => {
      for (const what of ["total", "tax", "discount", "shipping"] as const) {
        const amount = order.totals?.[what]
        if (amount !== undefined) {
          expect(check(withTotals(fixture, { [what]: nudge(amount, order) })).state).toBe("different")
        }
      }
      if (order.discounts) {
        return
      }
      const lines = order.lines.map((line) => ({ ...line, total: line.total && nudge(line.total, order) }))
      const changed = { ...fixture, order: { ...order, lines } as ExternalOrder }
      expect(
        check(changed)
          .lines.filter(({ is_equal }) => !is_equal)
          .map(({ external_line_id }) => external_line_id)
      ).toEqual(order.lines.map(({ externalLineId }) => externalLineId))
    })
  })

  it("keeps the rates that the channel names as long as they come to the same cents", () => {
    const [line] = moneyOf(byName("one line, tax inside"), "ordered").lines
    expect(line?.tax_lines).toEqual([{ code: "VAT", description: "VAT 19 %", rate: "19" }])
  })

  it("takes the rate that the tax really amounts to when the channel rounds each line", () => {
    const money = moneyOf(byName("thirty lines that each round the same way"), "ordered")
    expect(money.rates).toBe("exact")
    expect(money.lines[0]?.tax_lines).toEqual([{ code: "VAT", description: "VAT 19 %", rate: "19.019019019019019019" }])
  })

  it("splits a pack into pieces whose price is exact", () => {
    const [line] = moneyOf(byName("a pack of three at ten"), "ordered").lines
    expect(line).toMatchObject({ quantity: 6, unit_price: "3.333333333333333333" })
  })

  it("shares a discount on the whole order out to the last cent", () => {
    const { lines } = moneyOf(byName("order-wide discount, shared out by us"), "ordered")
    expect(lines.map(({ adjustments }) => adjustments.map(({ amount }) => amount))).toEqual([["3"], ["1.5"], ["0.5"]])
  })

  it("gives postage what a discount on the whole order is more than the goods", () => {
    const money = moneyOf(byName("order-wide discount larger than the goods"), "ordered")
    expect(money.lines[0]?.adjustments).toMatchObject([{ amount: "4" }])
    expect(money.shipping_methods[0]?.adjustments).toMatchObject([{ amount: "3" }])
  })

  it("leaves of a line with a cancelled unit what the channel did not give back", () => {
    const fixture = byName("one of three with a discount, odd cent to the buyer")
    expect(moneyOf(fixture, "wanted").lines).toMatchObject([{ quantity: 2, adjustments: [{ amount: "0.67" }] }])
    expect(check(withTotals(fixture, { currentTotal: "19.34" }))).toMatchObject({
      state: "different",
      differences: [{ what: "current-total", channel: "19.34", medusa: "19.33" }],
    })
  })

  it("gives postage back as a credit", () => {
    expect(moneyOf(byName("all of one line and its postage given back"), "wanted")).toMatchObject({
      lines: [{ key: "L2" }],
      credit_lines: [{ reference_id: "R1", amount: "5.95" }],
    })
  })

  it("is not held for money alone that was given back, but for money that nobody explains", () => {
    const fixture = withTotals(byName("one line, tax inside"), { currentTotal: "44.98" })
    const refund = { externalId: "R1", createdAt: "2026-11-05T10:00:00.000Z", lines: [], amount: "5.00" }
    const refunded = { ...fixture, order: { ...fixture.order, refunds: [refund] } }
    expect(check(refunded).state).toBe("equal")
    expect(check(fixture)).toMatchObject({ state: "different", differences: [{ what: "current-total" }] })
    expect(check({ ...refunded, order: { ...refunded.order, refunds: [{ ...refund, amount: "4.99" }] } }).state).toBe(
      "different"
    )
  })

  it("is not compared when the channel tells no totals", () => {
    const { totals: _totals, ...order } = byName("one line, tax on top").order
    expect(check({ order, packs: {} })).toMatchObject({
      state: "unchecked",
      channel_total: null,
      medusa_total: "59.48",
    })
  })

  it("is held, and says on which line, when a tax cannot be expressed as a rate", () => {
    const fixture = byName("everything for nothing")
    const [line] = fixture.order.lines
    const order = {
      ...fixture.order,
      lines: [{ ...line, taxes: [{ title: "VAT", rate: "19", amount: "4.75" }], total: "4.75" }],
      totals: { total: "4.75" },
    } as ExternalOrder
    const result = check({ order, packs: {} })
    expect(result).toMatchObject({
      state: "different",
      differences: [{ what: "total", channel: "4.75", medusa: "0.00" }],
      lines: [{ external_line_id: "L1", channel: "4.75", medusa: "0.00", is_equal: false }],
    })
    expect(describeCheck(result)).toBe('EUR: total 4.75 there, 0.00 here; "Article 1" 4.75 there, 0.00 here')
  })

  it.each(["12,50", "", "NaN", "1e999", "-1.00", "ten"])("refuses the amount %p by name", (unitPrice) => {
    const fixture = byName("one line, tax on top")
    const order = { ...fixture.order, lines: fixture.order.lines.map((line) => ({ ...line, unitPrice })) }
    expect(planMoney(order, "ordered", () => 1)).toMatchObject({ ok: false, error: { kind: "invalid-data" } })
  })
})
