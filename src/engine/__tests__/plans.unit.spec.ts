import { DAILY_TABLES, planPartitions } from "../partitions"
import { runState } from "../runs/run-state"
import { planSweep } from "../sweep"

describe("planSweep", () => {
  it("looks at everything first, because nobody knows what happened while the process was down", () => {
    expect(planSweep(null, 1_000_000)).toEqual({ kind: "full" })
  })

  it("looks back to the last sweep and a minute more", () => {
    expect(planSweep({ sweptAt: 1_000, fullPassAt: 1_000 }, 1_060.2)).toEqual({ kind: "recent", withinSeconds: 121 })
    expect(planSweep({ sweptAt: 1_000, fullPassAt: 1_000 }, 1_000)).toEqual({ kind: "recent", withinSeconds: 60 })
  })

  it("looks at everything again after an hour, however recent the last sweep was", () => {
    expect(planSweep({ sweptAt: 4_599, fullPassAt: 1_000 }, 4_599)).toMatchObject({ kind: "recent" })
    expect(planSweep({ sweptAt: 4_599, fullPassAt: 1_000 }, 4_600)).toEqual({ kind: "full" })
  })
})

describe("planPartitions", () => {
  const explanations = { table: "hub_explanation", column: "computed_at", keepDays: 90 }
  const today = new Date("2026-12-29T23:59:59.999Z")
  const ahead = ["20261229", "20261230", "20261231", "20270101", "20270102", "20270103", "20270104", "20270105"]
  const names = ahead.map((day) => `hub_explanation_${day}`)

  it("makes today and a week ahead, each from midnight to midnight UTC, without a gap", () => {
    const { create, drop } = planPartitions(explanations, [], today)
    expect(create.map(({ name }) => name)).toEqual(names)
    expect(create[2]).toEqual({
      name: "hub_explanation_20261231",
      from: "2026-12-31 00:00:00+00",
      to: "2027-01-01 00:00:00+00",
    })
    expect(create.slice(1).map(({ from }) => from)).toEqual(create.slice(0, -1).map(({ to }) => to))
    expect(drop).toEqual([])
  })

  it("makes only what is missing", () => {
    const [, ...rest] = names
    expect(planPartitions(explanations, rest, today).create).toMatchObject([{ name: "hub_explanation_20261229" }])
    expect(planPartitions(explanations, names, today).create).toEqual([])
  })

  it("drops days that are more than 90 days old, and nothing else", () => {
    const existing = [
      "hub_explanation_20260929",
      "hub_explanation_20260930",
      "hub_explanation_20261001",
      "hub_explanation_20251231",
      "hub_explanation_default",
      "hub_explanation_202001011",
      "hub_explanatiox_20200101",
      "orders_20200101",
    ]
    expect(planPartitions(explanations, existing, today).drop).toEqual([
      "hub_explanation_20260929",
      "hub_explanation_20251231",
    ])
  })

  it("keeps each table for its own time: explanations 90 days, exchanges and deliveries 14", () => {
    expect(DAILY_TABLES.map(({ table, keepDays }) => [table, keepDays])).toEqual([
      ["hub_explanation", 90],
      ["hub_exchange", 14],
      ["hub_delivery", 14],
    ])
    const exchanges = { table: "hub_exchange", column: "occurred_at", keepDays: 14 }
    const existing = ["hub_exchange_20261214", "hub_exchange_20261215", "hub_exchange_20261229"]
    const plan = planPartitions(exchanges, existing, today)
    expect(plan.drop).toEqual(["hub_exchange_20261214"])
    expect(plan.create).toHaveLength(7)
  })
})

describe("runState", () => {
  const outcome = { total: 3, succeeded: 3, skipped: 0, failed: 0 }

  it.each([
    ["succeeded", outcome],
    ["succeeded", { ...outcome, total: 0, succeeded: 0 }],
    ["succeeded-with-problems", { ...outcome, succeeded: 2, skipped: 1 }],
    ["succeeded-with-problems", { ...outcome, succeeded: 0, failed: 3 }],
    ["failed", { ...outcome, error: "" }],
    ["failed", { ...outcome, total: 4 }],
    ["failed", { ...outcome, total: 2 }],
  ] as const)("is %s for %j", (state, totals) => {
    expect(runState(totals)).toBe(state)
  })
})
