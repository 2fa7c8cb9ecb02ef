import { seededRandom } from "../server/chaos"
import type { SimulatorSettingsInput } from "../server/settings"
import {
  listing,
  openClient,
  stopSimulators,
  testSimulator,
  until,
  writeOf,
  type TestSimulator,
} from "./simulator-calls"

afterEach(stopSimulators)

type Chaos = NonNullable<SimulatorSettingsInput["chaos"]>

const withChaos = (chaos: Chaos): Promise<TestSimulator> =>
  testSimulator({ chaos, listings: [listing("A"), listing("B"), listing("C"), listing("D")] })

describe("the dice", () => {
  it("throw the same row for the same seed and another for another", () => {
    const row = (seed: number): number[] => {
      const random = seededRandom(seed)
      return Array.from({ length: 1_000 }, random)
    }
    expect(row(7)).toEqual(row(7))
    expect(row(8)).not.toEqual(row(7))
    expect(row(7).every((number) => number >= 0 && number < 1)).toBe(true)
    const mean = row(7).reduce((sum, number) => sum + number, 0) / 1_000
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03)
  })

  /** Every call under a new key, because a known key is answered from memory. */
  async function fates(simulator: TestSimulator, name = "first"): Promise<string[]> {
    const results: string[] = []
    for (let call = 0; call < 40; call += 1) {
      const pushed = simulator.client.pushStock([writeOf("A", call), writeOf("B", call)], `${name}-key-${call}`)
      results.push(
        await pushed.then(
          (outcomes) => outcomes.map(({ status }) => status).join(),
          (error: unknown) => String(error)
        )
      )
    }
    return results
  }

  it("make the same calls go wrong in the same way", async () => {
    const chaos = {
      error_rate: 0.2,
      rate_limit_rate: 0.1,
      drop_answer_rate: 0.1,
      reject_item_rate: 0.2,
      partial_rate: 0.1,
    }
    const first = await fates(await withChaos({ ...chaos, seed: 5 }))
    const second = await fates(await withChaos({ ...chaos, seed: 5 }))
    const other = await fates(await withChaos({ ...chaos, seed: 6 }))
    expect(second).toEqual(first)
    expect(other).not.toEqual(first)
    expect(new Set(first).size).toBeGreaterThan(4)
  })

  it("begin again when the seed is named", async () => {
    const simulator = await withChaos({ seed: 5, reject_item_rate: 0.5 })
    const first = await fates(simulator)
    expect(await fates(simulator, "second")).not.toEqual(first)
    await simulator.call("POST /control/settings", { chaos: { seed: 5 } })
    expect(await fates(simulator, "third")).toEqual(first)
  })
})

describe("accidents", () => {
  it("error_rate: answers 500 and does nothing", async () => {
    const simulator = await withChaos({ error_rate: 1 })
    expect(await simulator.client.pushStock([writeOf("A", 5)], "key-00001")).toMatchObject([{ status: "unknown" }])
    expect(await simulator.shown("A")).toBe(0)
  })

  it("drop_answer_rate: does it and says nothing", async () => {
    const simulator = await withChaos({ drop_answer_rate: 1 })
    expect(await simulator.client.pushStock([writeOf("A", 5)], "key-00001")).toMatchObject([{ status: "unknown" }])
    expect(await simulator.shown("A")).toBe(5)
  })

  it("partial_rate: breaks down half way", async () => {
    const simulator = await withChaos({ partial_rate: 1 })
    const writes = ["A", "B", "C", "D"].map((id) => writeOf(id, 5))
    expect(new Set((await simulator.client.pushStock(writes, "key-00001")).map(({ status }) => status))).toEqual(
      new Set(["unknown"])
    )
    expect(await Promise.all(["A", "B", "C", "D"].map((id) => simulator.shown(id)))).toEqual([5, 5, 0, 0])
  })

  it("late_apply_rate: cuts the sender off and writes later, over whatever is shown then", async () => {
    const simulator = await withChaos({ late_apply_rate: 1, late_apply_ms: 900 })
    expect(await simulator.client.pushStock([writeOf("A", 5)], "key-00001")).toMatchObject([{ status: "unknown" }])
    await simulator.call("POST /control/settings", { chaos: { late_apply_rate: 0 } })
    expect(await simulator.client.pushStock([writeOf("A", 9)], "key-00002")).toEqual([{ status: "accepted" }])
    expect(await simulator.shown("A")).toBe(9)
    await until(async () => (await simulator.shown("A")) === 5)
    expect((await simulator.call("GET /control/writes")).body).toMatchObject({
      writes: [
        { quantity: 9, late: false },
        { quantity: 5, late: true },
      ],
    })
  })

  it("late_apply_rate: does not write again what came again under its key", async () => {
    const simulator = await withChaos({ late_apply_rate: 1, late_apply_ms: 150 })
    await simulator.client.pushStock([writeOf("A", 5)], "key-00001")
    await simulator.call("POST /control/settings", { chaos: { late_apply_rate: 0 } })
    await simulator.client.pushStock([writeOf("A", 5)], "key-00001")
    await simulator.client.pushStock([writeOf("A", 9)], "key-00002")
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await simulator.shown("A")).toBe(9)
  })

  it("a write whose sender gave up waiting is still applied", async () => {
    const simulator = await withChaos({})
    await simulator.call("POST /control/hold", { next: 1, ms: 900 })
    const hasty = openClient(simulator.url, {}, 400)
    expect(await hasty.pushStock([writeOf("A", 5)], "key-00001")).toMatchObject([{ status: "unknown" }])
    expect(await simulator.shown("A")).toBe(0)
    await until(async () => (await simulator.shown("A")) === 5)
  })

  it("stops at once, whatever still waits", async () => {
    const simulator = await withChaos({ late_apply_rate: 1, late_apply_ms: 60_000 })
    await simulator.client.pushStock([writeOf("A", 5)], "key-00001")
    const startedAt = performance.now()
    await simulator.stop()
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    await expect(simulator.client.check()).rejects.toMatchObject({ kind: "transient" })
  })
})
