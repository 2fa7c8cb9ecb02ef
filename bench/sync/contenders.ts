import { join } from "node:path"
import type { Client } from "@medusajs/framework/pg"
import { REMOVE_CAPTURE_SQL } from "../../src/modules/sync/capture/capture-sql"
import { readTreeCpuMs } from "../support/processes"
import { Worker } from "../support/worker"
import type { BenchDatabase } from "./bench-database"
import { openChannels, readChannels, type ChannelTotals } from "./channels"
import { fillShop } from "./fill"
import type { Batches } from "./floor"
import { collectBatches, collectExplanations, waitUntilAcknowledged, type ExplanationTotals } from "./hub-rows"
import type { HubWorkerAnswer } from "./hub-worker"
import { closingOf, type Stream } from "./plan-stream"
import type { SenderAnswer, SenderMessage } from "./sender-worker"
import type { Usage } from "./usage"
import { writeStream, type WriteReport } from "./write-stream"

/** Connections over which the stream is written. */
const WRITERS = 2
const TYPESCRIPT = ["-r", "ts-node/register/transpile-only"]

/** What one contender needed for a stream of `changes` changes. */
export interface Measured {
  readonly changes: number
  /** From the first change until the last acknowledgement. */
  readonly seconds: number
  /** From the first change until the last one was committed; null where nothing was written. */
  readonly writeSeconds: number | null
  /** Milliseconds from cause to acknowledged, for each value that was sent. */
  readonly latencies: readonly number[]
  readonly usage: Usage
  /** Processor time of the whole database server, the writing of the stream included; null where it cannot be seen. */
  readonly postgresCpuMs: number | null
  readonly channels: ChannelTotals
}

export interface HubMeasured extends Measured {
  readonly explanations: ExplanationTotals
  readonly walBytes: number
  readonly batches: readonly Batches[]
}

export interface Setting {
  readonly repoFolder: string
  readonly database: BenchDatabase
  readonly channels: number
  /** Where a processor profile of the hub is to go. */
  readonly profileFolder: string | null
}

const postgresCpu = ({ database }: Setting): number | null =>
  database.pid === null ? null : readTreeCpuMs(database.pid)

const difference = (after: number | null, before: number | null): number | null =>
  after === null || before === null ? null : after - before

async function withWriters<T>(setting: Setting, name: string, run: (writers: Client[]) => Promise<T>): Promise<T> {
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => setting.database.connect(name)))
  try {
    return await run(writers)
  } finally {
    await Promise.all(writers.map((writer) => writer.end()))
  }
}

/**
 * `stream`: changes come at a rate while the engine runs. `backlog`: all changes are there when the engine starts, so that
 * nothing but the engine decides how long it takes.
 */
export type Load = { readonly kind: "stream"; readonly rate: number } | { readonly kind: "backlog" }

/** The hub: changes are captured, marked, drained and explained by the production engine in a process of its own. */
export async function measureHub(setting: Setting, stream: Stream, load: Load): Promise<HubMeasured> {
  const name = "hub_bench"
  const simulators = await openChannels(setting.channels, stream.opening)
  const db = await setting.database.fresh(name)
  let worker: Worker | null = null
  try {
    await fillShop(db, { opening: stream.opening, channelUrls: simulators.channels.map(({ url }) => url) })
    worker = Worker.start(join(setting.repoFolder, "node_modules/@medusajs/cli/cli.js"), {
      args: ["exec", "./bench/sync/hub-worker.ts", String(setting.channels)],
      environment: { ...setting.database.environment(name).variables },
      nodeOptions: setting.profileFolder === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${setting.profileFolder}`],
      folder: setting.repoFolder,
    })
    const running = worker
    await running.answer()
    const start = async (): Promise<void> => {
      running.tell({ kind: "start" })
      await running.answer()
    }
    const write = (): Promise<WriteReport> =>
      withWriters(setting, name, (writers) =>
        writeStream(writers, { stream, pace: { rate: load.kind === "stream" ? load.rate : null } }, () => undefined)
      )
    const writtenBefore = load.kind === "backlog" ? await write() : null
    await (load.kind === "stream" ? start() : db.query("CHECKPOINT"))
    const cpuBefore = postgresCpu(setting)
    const { rows: before } = await db.query<{ at: number; wal: string }>(
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at, pg_current_wal_lsn() AS wal"
    )
    const begun = before[0]?.at ?? 0
    await (load.kind === "backlog" ? start() : undefined)
    const written = writtenBefore ?? (await write())
    const finishedAt = await waitUntilAcknowledged(db)
    const cpuAfter = postgresCpu(setting)
    running.tell({ kind: "stop" })
    const { usage } = (await running.answer()) as HubWorkerAnswer
    const { rows: wal } = await db.query<{ bytes: number }>(
      "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), $1)::float8 AS bytes",
      [before[0]?.wal]
    )
    const explanations = await collectExplanations(db)
    return {
      changes: written.changes,
      seconds: (finishedAt - begun) / 1_000,
      writeSeconds: load.kind === "stream" ? written.seconds : null,
      latencies: explanations.latencies,
      usage,
      postgresCpuMs: difference(cpuAfter, cpuBefore),
      channels: await readChannels(simulators.channels, closingOf(stream)),
      explanations,
      walBytes: wal[0]?.bytes ?? 0,
      batches: await collectBatches(db, setting.channels),
    }
  } finally {
    await worker?.stop()
    await db.end()
    await simulators.stop()
  }
}

/** The same changes in the same database, without capture; a subscriber is told of each one after its commit. */
export async function measureNaive(setting: Setting, stream: Stream, rate: number): Promise<Measured> {
  const name = "hub_bench_naive"
  const simulators = await openChannels(setting.channels, stream.opening)
  const db = await setting.database.fresh(name)
  const worker = startSender(setting)
  try {
    await fillShop(db, { opening: stream.opening, channelUrls: [] })
    await db.query(REMOVE_CAPTURE_SQL)
    const tell = (message: SenderMessage): void => worker.tell(message)
    tell({ kind: "naive", urls: simulators.channels.map(({ url }) => url) })
    await worker.answer()
    const cpuBefore = postgresCpu(setting)
    const begun = performance.timeOrigin + performance.now()
    const written = await withWriters(setting, name, (writers) =>
      writeStream(writers, { stream, pace: { rate } }, (events) => tell({ kind: "events", events }))
    )
    tell({ kind: "finish" })
    const answer = (await worker.answer()) as Extract<SenderAnswer, { kind: "naive" }>
    return {
      changes: written.changes,
      seconds: (answer.report.finishedAt - begun) / 1_000,
      writeSeconds: written.seconds,
      latencies: answer.report.latencies,
      usage: answer.usage,
      postgresCpuMs: difference(postgresCpu(setting), cpuBefore),
      channels: await readChannels(simulators.channels, closingOf(stream)),
    }
  } finally {
    await worker.stop()
    await db.end()
    await simulators.stop()
  }
}

/** The hub's own calls once more, to fresh channels, by a loop that does nothing else. */
export async function measureFloor(setting: Setting, stream: Stream, batches: readonly Batches[]): Promise<Measured> {
  const simulators = await openChannels(setting.channels, stream.opening)
  const worker = startSender(setting)
  try {
    worker.tell({ kind: "floor", urls: simulators.channels.map(({ url }) => url), batches } satisfies SenderMessage)
    const answer = (await worker.answer()) as Extract<SenderAnswer, { kind: "floor" }>
    return {
      changes: stream.changes,
      seconds: answer.report.seconds,
      writeSeconds: null,
      latencies: answer.report.latencies,
      usage: answer.usage,
      postgresCpuMs: null,
      channels: await readChannels(simulators.channels, closingOf(stream)),
    }
  } finally {
    await worker.stop()
    await simulators.stop()
  }
}

const startSender = ({ repoFolder }: Setting): Worker =>
  Worker.start(join(__dirname, "sender-worker.ts"), { nodeOptions: TYPESCRIPT, folder: repoFolder })
