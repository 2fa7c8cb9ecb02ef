import fc from "fast-check"
import { isServiceCode, planReplay, type Replay, type ReplayEvent } from "../plan-replay"
import type { TransactionLine } from "../read-transactions"

type Shorthand = readonly [invoice: string, sku: string, quantity: number, unitPrice?: string, description?: string]

const toLine = ([invoice, sku, quantity, unitPrice, description]: Shorthand, index: number): TransactionLine => ({
  line: index + 2,
  invoice,
  sku,
  description: description ?? `Item ${sku}`,
  quantity,
  unitPrice: unitPrice ?? "1.00",
  at: new Date(Date.UTC(2011, 9, 2, 0, index)),
})

const plan = (log: readonly Shorthand[], seed = 1, channels = 4): Replay =>
  planReplay(log.map(toLine), { channels, seed })

const MUG = "85123A"
const LAMP = "71053"

/** What happens, in a few words; the channel is left out. */
function tell(event: ReplayEvent): string {
  if (event.kind === "adjust") {
    return `adjust ${event.number}: ${event.lines.map((line) => `${line.delta} ${line.sku}`).join(", ")}`
  }
  const of = event.kind === "cancel" ? ` of ${event.cancels}` : ""
  return `${event.kind} ${event.number}${of}: ${event.lines.map((line) => `${line.quantity} ${line.sku}`).join(", ")}`
}

const story = (replay: Replay): string[] => replay.events.map(tell)

const channelOf = (replay: Replay, kind: ReplayEvent["kind"], number: string): number | undefined => {
  const event = replay.events.find((candidate) => candidate.kind === kind && candidate.number === number)
  return event && "channel" in event ? event.channel : undefined
}

describe("orders", () => {
  it("makes one order of each invoice, in the order in which the invoices begin", () => {
    const replay = plan([
      ["536365", MUG, 6],
      ["536366", LAMP, 2],
      ["536365", LAMP, 1],
    ])
    expect(story(replay)).toEqual([`order 536365: 6 ${MUG}, 1 ${LAMP}`, `order 536366: 2 ${LAMP}`])
    expect(replay.lineCount).toBe(3)
  })

  it("puts lines of the same SKU together and keeps the first price and name", () => {
    const [order] = plan([
      ["536365", MUG, 6, "2.55", "WHITE MUG"],
      ["536365", MUG, 4, "2.10", "MUG, WHITE"],
    ]).events
    expect(order).toMatchObject({
      lines: [{ sku: MUG, title: "WHITE MUG", quantity: 10, unitPrice: "2.55", isService: false }],
    })
  })

  it("asks no buyer for a price below 0", () => {
    expect(plan([["536365", MUG, 1, "-2.55"]]).events).toMatchObject([{ lines: [{ unitPrice: "2.55" }] }])
  })

  it("keeps SKUs apart that differ only in case", () => {
    const replay = plan([
      ["536365", "15056BL", 2],
      ["536365", "15056bl", 3],
      ["C536366", "15056bl", -2],
    ])
    expect(story(replay)).toEqual(["order 536365: 2 15056BL, 3 15056bl", "cancel C536366 of 536365: 2 15056bl"])
    expect(replay.items.map((item) => [item.sku, item.opening])).toEqual([
      ["15056BL", 1],
      ["15056bl", 1],
    ])
  })

  it("deals to every channel, and the same way for the same seed", () => {
    const log = Array.from({ length: 200 }, (_, index): Shorthand => [String(500_000 + index), MUG, 1])
    const channels = (seed: number): (number | undefined)[] =>
      plan(log, seed).events.map((event) => ("channel" in event ? event.channel : undefined))
    expect(channels(1)).toEqual(channels(1))
    expect(channels(1)).not.toEqual(channels(2))
    expect([...new Set(channels(1))].sort()).toEqual([0, 1, 2, 3])
  })

  it("deals an order the same way whatever else happens on its invoice", () => {
    const before = plan([
      ["536365", MUG, 1],
      ["536366", MUG, 1],
      ["536367", MUG, 1],
    ])
    const after = plan([
      ["536365", MUG, 1],
      ["536365", LAMP, 5],
      ["536366", MUG, 1],
      ["536367", MUG, 1],
    ])
    for (const number of ["536365", "536366", "536367"]) {
      expect(channelOf(after, "order", number)).toBe(channelOf(before, "order", number))
    }
  })
})

describe("invoices that begin with C", () => {
  it("cancel units of the newest order that has them, on that order's channel", () => {
    const replay = plan([
      ["536365", MUG, 6],
      ["536366", MUG, 6],
      ["536367", LAMP, 6],
      ["C536368", MUG, -4],
    ])
    expect(story(replay).at(-1)).toBe(`cancel C536368 of 536366: 4 ${MUG}`)
    expect(channelOf(replay, "cancel", "C536368")).toBe(channelOf(replay, "order", "536366"))
  })

  it("are cancelled on the order's channel under every seed", () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const replay = plan(
        [
          ["536365", MUG, 6],
          ["536366", LAMP, 6],
          ["C536367", MUG, -6],
        ],
        seed
      )
      expect(channelOf(replay, "cancel", "C536367")).toBe(channelOf(replay, "order", "536365"))
    }
  })

  it("pass over a newer order that has too few units", () => {
    expect(
      story(
        plan([
          ["536365", MUG, 6],
          ["536366", MUG, 3],
          ["C536367", MUG, -4],
        ])
      ).at(-1)
    ).toBe(`cancel C536367 of 536365: 4 ${MUG}`)
  })

  it("take no unit twice", () => {
    const replay = plan([
      ["536365", MUG, 6],
      ["C536366", MUG, -4],
      ["C536367", MUG, -2],
      ["C536368", MUG, -1],
    ])
    expect(story(replay).slice(1)).toEqual([
      `cancel C536366 of 536365: 4 ${MUG}`,
      `cancel C536367 of 536365: 2 ${MUG}`,
      `return C536368: 1 ${MUG}`,
    ])
  })

  it("become one cancellation for each order that they touch", () => {
    const replay = plan([
      ["536365", MUG, 6],
      ["536366", LAMP, 6],
      ["536367", "22423", 6],
      ["C536368", MUG, -1],
      ["C536368", LAMP, -2],
      ["C536368", "22423", -3],
      ["C536368", LAMP, -1],
    ])
    expect(story(replay).slice(3)).toEqual([
      `cancel C536368 of 536365: 1 ${MUG}`,
      `cancel C536368 of 536366: 3 ${LAMP}`,
      "cancel C536368 of 536367: 3 22423",
    ])
  })

  it("return goods of orders that nobody knows, beside those that are known", () => {
    const replay = plan([
      ["C536364", MUG, -1],
      ["536365", LAMP, 6],
      ["C536366", LAMP, -1],
      ["C536366", MUG, -2],
    ])
    expect(story(replay)).toEqual([
      `return C536364: 1 ${MUG}`,
      `order 536365: 6 ${LAMP}`,
      `cancel C536366 of 536365: 1 ${LAMP}`,
      `return C536366: 2 ${MUG}`,
    ])
  })

  it("do nothing with services", () => {
    const replay = plan([
      ["536365", "POST", 1],
      ["C536366", "POST", -1],
      ["C536367", "M", -1],
    ])
    expect(story(replay)).toEqual(["order 536365: 1 POST"])
  })
})

describe("other negative lines", () => {
  it("are corrections by the warehouse, line by line", () => {
    const replay = plan([
      ["536365", MUG, -12],
      ["536365", MUG, -1],
      ["536365", LAMP, -3],
    ])
    expect(story(replay)).toEqual([`adjust 536365: -12 ${MUG}, -1 ${MUG}, -3 ${LAMP}`])
  })

  it("follow the order that stands on the same invoice", () => {
    expect(
      story(
        plan([
          ["536365", MUG, -2],
          ["536365", LAMP, 3],
        ])
      )
    ).toEqual([`order 536365: 3 ${LAMP}`, `adjust 536365: -2 ${MUG}`])
  })

  it("leave earlier orders alone", () => {
    expect(
      story(
        plan([
          ["536365", MUG, 5],
          ["536366", MUG, -5],
          ["C536367", MUG, -5],
        ])
      )
    ).toEqual([`order 536365: 5 ${MUG}`, `adjust 536366: -5 ${MUG}`, `cancel C536367 of 536365: 5 ${MUG}`])
  })

  it("correct nothing for services", () => {
    expect(
      plan([
        ["536365", "M", -1],
        ["536365", MUG, -2],
      ]).events
    ).toEqual([{ kind: "adjust", number: "536365", lines: [{ sku: MUG, delta: -2 }] }])
  })
})

describe("opening stock", () => {
  it("is 60 % of what will be sold, rounded down, so that there is too little", () => {
    const replay = plan([
      ["536365", MUG, 600],
      ["536366", MUG, 400],
      ["536366", LAMP, 3],
      ["536366", "22423", 1],
    ])
    expect(replay.items.map((item) => [item.sku, item.opening])).toEqual([
      [MUG, 600],
      [LAMP, 1],
      ["22423", 0],
    ])
  })

  it("is not lowered by what comes back", () => {
    expect(
      plan([
        ["536365", MUG, 10],
        ["C536366", MUG, -10],
        ["536367", MUG, -10],
      ]).items
    ).toEqual([{ sku: MUG, title: `Item ${MUG}`, price: "1.00", opening: 6 }])
  })

  it("lists goods that only come back or break, and no services", () => {
    const replay = plan([
      ["536365", "POST", 3],
      ["C536366", MUG, -1],
      ["536367", LAMP, -1],
    ])
    expect(replay.items.map((item) => [item.sku, item.opening])).toEqual([
      [MUG, 0],
      [LAMP, 0],
    ])
  })

  it("takes name and price of the first line and never a price below 0", () => {
    const { items } = plan([
      ["536365", MUG, 1, "-2.55", "WHITE MUG"],
      ["536366", MUG, 1, "9.99", "ANOTHER NAME"],
    ])
    expect(items).toEqual([{ sku: MUG, title: "WHITE MUG", price: "2.55", opening: 1 }])
  })
})

describe("isServiceCode", () => {
  it.each(["POST", "DOT", "M", "m", "D", "S", "BANK CHARGES", "AMAZONFEE", "gift_0001_20", "1234", "C2", ""])(
    "%j is a service",
    (sku) => {
      expect(isServiceCode(sku)).toBe(true)
    }
  )

  it.each(["85123A", "71053", "15056bl", "79323LP"])("%j is goods", (sku) => {
    expect(isServiceCode(sku)).toBe(false)
  })
})

describe("whatever the log", () => {
  const goods = ["85123A", "85123a", "71053", "22423"]
  const anyLine = fc.record({
    invoice: fc
      .tuple(fc.boolean(), fc.integer({ min: 536_365, max: 536_376 }))
      .map(([isCancelled, number]) => `${isCancelled ? "C" : ""}${number}`),
    sku: fc.constantFrom(...goods, "POST", "M"),
    quantity: fc.integer({ min: -20, max: 20 }).filter((quantity) => quantity !== 0),
  })
  const anyLog = fc
    .array(anyLine, { maxLength: 60 })
    .map((lines) => lines.map(({ invoice, sku, quantity }, index) => toLine([invoice, sku, quantity], index)))
  const anySettings = fc.record({ channels: fc.integer({ min: 1, max: 6 }), seed: fc.nat() })

  const sum = (units: readonly number[]): number => units.reduce((total, unit) => total + unit, 0)

  /** Units of a SKU that go out (+) or come back, in the log and in the plan. */
  const outgoing = (events: readonly ReplayEvent[], sku: string): number =>
    sum(
      events.flatMap((event) =>
        event.kind === "order" ? event.lines.filter((line) => line.sku === sku).map((line) => line.quantity) : []
      )
    )
  const incoming = (events: readonly ReplayEvent[], sku: string): number =>
    sum(
      events.flatMap((event) => {
        if (event.kind === "order") {
          return []
        }
        return event.kind === "adjust"
          ? event.lines.filter((line) => line.sku === sku).map((line) => line.delta)
          : event.lines.filter((line) => line.sku === sku).map((line) => -line.quantity)
      })
    )

  it("loses no unit of goods and makes none up", () => {
    fc.assert(
      fc.property(anyLog, anySettings, (log, settings) => {
        const { events } = planReplay(log, settings)
        for (const sku of goods) {
          const quantities = log.filter((line) => line.sku === sku).map((line) => line.quantity)
          expect(outgoing(events, sku)).toBe(sum(quantities.filter((quantity) => quantity > 0)))
          expect(incoming(events, sku)).toBe(sum(quantities.filter((quantity) => quantity < 0)))
        }
      })
    )
  })

  it("never cancels more of an order than was ordered, nor before it was, nor elsewhere", () => {
    fc.assert(
      fc.property(anyLog, anySettings, (log, settings) => {
        const open = new Map<string, number>()
        const channels = new Map<string, number>()
        for (const event of planReplay(log, settings).events) {
          if (event.kind === "order") {
            channels.set(event.number, event.channel)
            event.lines.forEach((line) => open.set(`${event.number} ${line.sku}`, line.quantity))
          } else if (event.kind === "cancel") {
            expect(event.channel).toBe(channels.get(event.cancels))
            for (const line of event.lines) {
              const left = (open.get(`${event.cancels} ${line.sku}`) ?? 0) - line.quantity
              expect(left).toBeGreaterThanOrEqual(0)
              open.set(`${event.cancels} ${line.sku}`, left)
            }
          }
        }
      })
    )
  })

  it("makes no empty event, no SKU twice in one order, and no channel that is not there", () => {
    fc.assert(
      fc.property(anyLog, anySettings, (log, settings) => {
        const { events, items, lineCount } = planReplay(log, settings)
        expect(lineCount).toBe(log.length)
        const known = new Set(items.map((item) => item.sku))
        expect(known.size).toBe(items.length)
        for (const event of events) {
          const skus = event.lines.map((line) => line.sku)
          expect(skus.length).toBeGreaterThan(0)
          expect(skus.filter((sku) => !known.has(sku) && !isServiceCode(sku))).toEqual([])
          if (event.kind !== "adjust") {
            expect(new Set(skus).size).toBe(skus.length)
            expect(event.channel >= 0 && event.channel < settings.channels).toBe(true)
          }
        }
      })
    )
  })
})
