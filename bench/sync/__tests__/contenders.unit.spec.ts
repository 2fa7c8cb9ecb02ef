import { startSimulator } from "../../../src/connectors/simulator/server/start-simulator"
import type { RunningSimulator } from "../../../src/connectors/simulator/server/start-simulator"
import { RunningChannel } from "../../../scripts/demo/worlds/simulators"
import { readChannels } from "../channels"
import { runFloor } from "../floor"
import { externalId, TOKEN } from "../layout"
import { NaiveSubscriber } from "../naive"
import { openChannel } from "../send"

const OPENING = [5, 5, 5]

describe("the baselines, on real channels", () => {
  let running: RunningSimulator[] = []
  beforeEach(async () => {
    running = await Promise.all(
      [1, 2].map(() =>
        startSimulator({
          token: TOKEN,
          has_locations: false,
          listings: OPENING.map((quantity, sku) => ({ id: externalId(sku), sku: `SKU-${sku}`, quantity })),
        })
      )
    )
  })
  afterEach(async () => {
    await Promise.all(running.map((simulator) => simulator.stop()))
  })

  const totals = (expected: readonly number[]): ReturnType<typeof readChannels> =>
    readChannels(
      running.map(({ url }) => new RunningChannel("channel", url, TOKEN)),
      expected
    )

  it("counts one call of the naive subscriber for each change and channel, and ends with the newest numbers", async () => {
    const naive = new NaiveSubscriber(running.map(({ url }) => openChannel(url)))
    const committedAt = performance.timeOrigin + performance.now()
    for (const [sku, available] of [
      [0, 4],
      [1, 9],
      [0, -1],
    ] as const) {
      naive.receive({ sku, available, committedAt })
    }
    await naive.finish()
    expect(naive.calls).toBe(6)
    expect(naive.latencies).toHaveLength(6)
    expect(Math.min(...naive.latencies)).toBeGreaterThan(0)
    expect(await totals([0, 9, 5])).toEqual({
      calls: 6,
      writeCalls: 6,
      itemsWritten: 6,
      itemsRefused: 0,
      wrongNumbers: 0,
    })
  })

  it("fails when a channel refuses", async () => {
    const naive = new NaiveSubscriber(running.map(({ url }) => openChannel(url)))
    naive.receive({ sku: 0, available: 0.5, committedAt: 0 })
    await expect(naive.finish()).rejects.toThrow("answered 422")
  })

  it("sends the given batches to the given channels, and nothing else", async () => {
    const report = await runFloor(
      running.map(({ url }) => openChannel(url)),
      [
        [
          [
            { sku: 0, quantity: 1 },
            { sku: 1, quantity: 2 },
          ],
          [{ sku: 0, quantity: 7 }],
        ],
        [[{ sku: 2, quantity: 3 }]],
      ]
    )
    expect(report.calls).toBe(3)
    expect(report.latencies).toHaveLength(3)
    expect(await totals([7, 2, 5])).toMatchObject({ calls: 3, itemsWritten: 4, wrongNumbers: 3 })
  })
})
