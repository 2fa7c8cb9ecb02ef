import { SalesLedger } from "../worlds/sales-ledger"

const ledgerWith = (opening: Record<string, number>): SalesLedger => new SalesLedger(new Map(Object.entries(opening)))

describe("SalesLedger", () => {
  it("begins with nothing sold", () => {
    expect(ledgerWith({ A: 3 }).totals).toEqual({ sold: 0, oversold: 0, oversoldSkus: 0, oversoldPerThousand: 0 })
  })

  it("oversells nothing down to the last unit", () => {
    const ledger = ledgerWith({ A: 3 })
    ledger.sell("A", 2)
    ledger.sell("A", 1)
    expect(ledger.totals).toMatchObject({ sold: 3, oversold: 0, oversoldSkus: 0 })
  })

  it("counts only the units that are missing", () => {
    const ledger = ledgerWith({ A: 3 })
    ledger.sell("A", 5)
    expect(ledger.totals).toEqual({ sold: 5, oversold: 2, oversoldSkus: 1, oversoldPerThousand: 400 })
  })

  it("counts every unit once there is nothing left", () => {
    const ledger = ledgerWith({ A: 1 })
    ledger.sell("A", 4)
    ledger.sell("A", 2)
    expect(ledger.totals).toMatchObject({ sold: 6, oversold: 5, oversoldSkus: 1 })
  })

  it("counts SKUs that were oversold, not how often", () => {
    const ledger = ledgerWith({ A: 0, B: 0, C: 1 })
    for (const sku of ["A", "A", "B", "C"]) {
      ledger.sell(sku, 1)
    }
    expect(ledger.totals).toEqual({ sold: 4, oversold: 3, oversoldSkus: 2, oversoldPerThousand: 750 })
  })

  it("can sell again what came back", () => {
    const ledger = ledgerWith({ A: 1 })
    ledger.sell("A", 1)
    ledger.move("A", 2)
    ledger.sell("A", 2)
    expect(ledger.totals).toMatchObject({ sold: 3, oversold: 0 })
  })

  it("owes what it oversold before it can sell again", () => {
    const ledger = ledgerWith({ A: 0 })
    ledger.sell("A", 2)
    ledger.move("A", 3)
    ledger.sell("A", 2)
    expect(ledger.totals).toMatchObject({ sold: 4, oversold: 3 })
  })

  it("can no longer sell what broke", () => {
    const ledger = ledgerWith({ A: 5 })
    ledger.move("A", -4)
    ledger.sell("A", 3)
    expect(ledger.totals).toMatchObject({ sold: 3, oversold: 2 })
  })

  it("keeps no account of services and of other SKUs, also such that differ only in case", () => {
    const ledger = ledgerWith({ "15056BL": 1 })
    ledger.sell("POST", 1)
    ledger.sell("15056bl", 1)
    ledger.move("15056bl", 5)
    ledger.sell("15056bl", 1)
    expect(ledger.totals).toEqual({ sold: 0, oversold: 0, oversoldSkus: 0, oversoldPerThousand: 0 })
  })

  it("leaves the opening stock that it was given alone, so that two worlds can share it", () => {
    const opening = new Map([["A", 1]])
    const ledger = new SalesLedger(opening)
    ledger.sell("A", 1)
    expect([...opening]).toEqual([["A", 1]])
  })
})
