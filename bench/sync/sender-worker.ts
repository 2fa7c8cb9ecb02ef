import { runFloor, type Batches, type FloorReport } from "./floor"
import { NaiveSubscriber } from "./naive"
import { openChannel } from "./send"
import { measureUsage, type Usage } from "./usage"
import type { StockEvent } from "./write-stream"

/** What the benchmark tells this process. */
export type SenderMessage =
  | { readonly kind: "floor"; readonly urls: readonly string[]; readonly batches: readonly Batches[] }
  | { readonly kind: "naive"; readonly urls: readonly string[] }
  | { readonly kind: "events"; readonly events: readonly StockEvent[] }
  | { readonly kind: "finish" }

export interface NaiveReport {
  readonly calls: number
  readonly latencies: readonly number[]
  /** When the last call was answered, in milliseconds since 1970. */
  readonly finishedAt: number
}

export type SenderAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "floor"; readonly report: FloorReport; readonly usage: Usage }
  | { readonly kind: "naive"; readonly report: NaiveReport; readonly usage: Usage }

const answer = (message: SenderAnswer): void => {
  process.send?.(message)
}

let naive: NaiveSubscriber | null = null
let finishMeasuring: (() => Usage) | null = null

async function obey(message: SenderMessage): Promise<void> {
  switch (message.kind) {
    case "floor": {
      const finish = measureUsage()
      const report = await runFloor(message.urls.map(openChannel), message.batches)
      answer({ kind: "floor", report, usage: finish() })
      return
    }
    case "naive":
      naive = new NaiveSubscriber(message.urls.map(openChannel))
      finishMeasuring = measureUsage()
      answer({ kind: "ready" })
      return
    case "events":
      message.events.forEach((event) => naive?.receive(event))
      return
    case "finish":
      if (naive && finishMeasuring) {
        await naive.finish()
        const finishedAt = performance.timeOrigin + performance.now()
        const report = { calls: naive.calls, latencies: naive.latencies, finishedAt }
        answer({ kind: "naive", report, usage: finishMeasuring() })
      }
  }
}

process.on("message", (message) => {
  obey(message as SenderMessage).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  })
})
process.once("disconnect", () => process.exit(0))
