import { resolve } from "node:path"
import { openStage, type FaultStage } from "./harness/fault-context"
import type { RowResult } from "./harness/run-row"
import { runRows } from "./harness/run-rows"
import { FAULT_ROWS } from "./rows"

jest.setTimeout(180_000)

const ROWS = FAULT_ROWS.filter((row) => row.inNpmTest)
/** Rows wait for leases most of the time, so they do it together. */
const JOBS = ROWS.length

// The whole table is `npm run faults`; these few need no restart of the database and no Medusa of their own.
describe("faults", () => {
  const results = new Map<string, RowResult>()
  let stage: FaultStage | undefined

  beforeAll(async () => {
    stage = await openStage(resolve(__dirname, "../.."), "faults-test")
    await runRows(stage, ROWS, {
      seed: 1,
      jobs: JOBS,
      onReport: ({ row, result }) => results.set(row.row, result),
    })
  })

  afterAll(() => stage?.close())

  it.each(ROWS)("row $row holds and its control fails: $title", ({ row }) => {
    expect(results.get(row)).toMatchObject({ kind: "passed" })
  })

  it("has a row of every number once", () => {
    const numbers = FAULT_ROWS.map(({ row }) => row)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})
