import type { HubMeasured, Measured } from "../contenders"
import { findProblems, renderReport, summarise, type Measurements } from "../report"

const CHANNELS = { calls: 4, writeCalls: 4, itemsWritten: 6, itemsRefused: 0, wrongNumbers: 0 }

const measured = (own: Partial<Measured> = {}): Measured => ({
  changes: 10,
  seconds: 2,
  writeSeconds: 1,
  latencies: [30, 10, 20],
  usage: { cpuMs: 5, idleRssMb: 100, peakRssMb: 120, heapMb: 50 },
  postgresCpuMs: 20,
  channels: CHANNELS,
  ...own,
})

const hub = (own: Partial<HubMeasured> = {}): HubMeasured => ({
  ...measured(),
  explanations: { count: 6, rowBytes: 600, inputBytes: 300, diskBytes: 2_000, latencies: [] },
  walBytes: 5_000,
  batches: [
    [
      [
        { sku: 0, quantity: 1 },
        { sku: 1, quantity: 1 },
      ],
      [{ sku: 0, quantity: 2 }],
    ],
    [
      [{ sku: 0, quantity: 1 }],
      [
        { sku: 1, quantity: 1 },
        { sku: 2, quantity: 1 },
      ],
    ],
  ],
  ...own,
})

const measurements = (own: Partial<Measurements> = {}): Measurements => ({
  hub: hub(),
  floor: measured({ seconds: 1, writeSeconds: null, postgresCpuMs: null }),
  hubStream: hub(),
  naive: measured({ changes: 5, seconds: 10, channels: { ...CHANNELS, calls: 20, writeCalls: 20, itemsWritten: 20 } }),
  many: null,
  ...own,
})

const report = (own: Partial<Measurements> = {}): ReturnType<typeof summarise> =>
  summarise({
    ...measurements(own),
    options: {
      listings: 1_000,
      channels: 2,
      changes: 10,
      rate: 5,
      streamChanges: 10,
      naiveChanges: 5,
      manyListings: 10_000,
      seed: 1,
      jsonFile: null,
    },
    conditions: {
      cores: 2,
      processor: "test",
      memoryGb: 1,
      disk: "/dev/x ext4",
      fsync: "on",
      synchronousCommit: "on",
      fullPageWrites: "on",
      sharedBuffers: "128MB",
      node: "v20",
      postgres: "18",
      medusa: "2",
      loadBefore: 0,
    },
  })

describe("the report", () => {
  it("divides by the changes of each contender's own run", () => {
    const { hub: ours, naive } = report()
    expect(ours).toMatchObject({
      changes_per_second: 5,
      calls_per_100_changes: 40,
      cpu_ms_per_change: 0.5,
      postgres_cpu_ms_per_change: 2,
      latency_ms: { p50: 20, p95: 30, p99: 30 },
      explanation_bytes_per_change: 60,
      explanation_disk_bytes_per_change: 200,
      explanation_input_bytes_per_value: 50,
      wal_bytes_per_change: 500,
    })
    expect(naive).toMatchObject({ changes_per_second: 0.5, calls_per_100_changes: 400 })
  })

  it("holds the aims against ratios of the same run, and does not hide one that was missed", () => {
    expect(report().aims.map(({ value, is_met }) => [value, is_met])).toEqual([
      [10, true],
      [10, true],
      [2, true],
    ])
    expect(report({ floor: measured({ seconds: 0.9 }) }).aims.map(({ is_met }) => is_met)).toEqual([true, true, false])
    const many = hub({ usage: { cpuMs: 5, idleRssMb: 100, peakRssMb: 151, heapMb: 50 } })
    expect(report({ many }).aims.at(-1)).toMatchObject({ is_met: false })
    expect(renderReport(report({ many }))).toMatch(/peak memory.*MISSED/)
  })

  it("shows what was not measured as a dash and not as 0", () => {
    const line = renderReport(report())
      .split("\n")
      .find((text) => text.startsWith("CPU ms per change, Postgres"))
    expect(line?.trim().split(/\s{2,}/)).toEqual(["CPU ms per change, Postgres", "2.00", "4.00", "2.00", "–"])
  })
})

describe("a run is worthless", () => {
  it("but not when everything adds up", () => {
    expect(findProblems(measurements())).toEqual([])
  })

  it.each<[string, Partial<Measurements>, RegExp]>([
    [
      "when a channel shows a wrong number",
      { hubStream: hub({ channels: { ...CHANNELS, wrongNumbers: 1 } }) },
      /wrong/,
    ],
    ["when items were refused", { naive: measured({ channels: { ...CHANNELS, itemsRefused: 2 } }) }, /refused/],
    ["when the floor made other calls", { floor: measured({ channels: { ...CHANNELS, writeCalls: 3 } }) }, /calls/],
    ["when a call of the hub is unexplained", { hub: hub({ batches: [[]] }) }, /explanations tell of 0/],
    ["when a value is unexplained", { hub: hub({ channels: { ...CHANNELS, itemsWritten: 7 } }) }, /explained 6/],
    ["when many listings end up wrong", { many: hub({ channels: { ...CHANNELS, wrongNumbers: 1 } }) }, /many/],
  ])("%s", (_name, own, words) => {
    expect(findProblems(measurements(own)).join("\n")).toMatch(words)
  })
})
