import { setTimeout as sleep } from "node:timers/promises"
import { Pool } from "undici"
import type { SignedMessage } from "./messages"

/** What became of deliveries. */
export interface Load {
  readonly seconds: number
  /** Ids that were answered 200. */
  readonly accepted: readonly string[]
  /** Everything else, by status. */
  readonly others: Readonly<Record<string, number>>
  /** From sending to the answer, of those that were accepted, in milliseconds. */
  readonly latencies: readonly number[]
}

export interface LoadTarget {
  readonly origin: string
  readonly path: string
}

class Sender {
  readonly accepted: string[] = []
  readonly latencies: number[] = []
  readonly others: Record<string, number> = {}

  constructor(
    private readonly pool: Pool,
    private readonly path: string
  ) {}

  async send({ id, headers, body }: SignedMessage): Promise<void> {
    const begun = performance.now()
    const answer = await this.pool.request({ method: "POST", path: this.path, headers: { ...headers }, body })
    await answer.body.dump()
    if (answer.statusCode === 200) {
      this.accepted.push(id)
      this.latencies.push(performance.now() - begun)
    } else {
      const status = String(answer.statusCode)
      this.others[status] = (this.others[status] ?? 0) + 1
    }
  }

  toLoad(seconds: number): Load {
    return { seconds, accepted: this.accepted, others: this.others, latencies: this.latencies }
  }
}

/** As many as go, from `senders` at once, for some seconds. Ends early when there are no more messages. */
export async function sendAll(
  target: LoadTarget,
  messages: readonly SignedMessage[],
  { senders, seconds }: { readonly senders: number; readonly seconds: number }
): Promise<Load> {
  const pool = new Pool(target.origin, { connections: senders })
  const sender = new Sender(pool, target.path)
  const begun = performance.now()
  const queue = messages.values()
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (const message of queue) {
        await sender.send(message)
        if (performance.now() - begun > seconds * 1_000) {
          return
        }
      }
    })
  )
  const took = (performance.now() - begun) / 1_000
  await pool.close()
  return sender.toLoad(took)
}

/** At a fixed rate, however long answers take: what waits is not sent later because of it. */
export async function sendAtRate(
  target: LoadTarget,
  messages: readonly SignedMessage[],
  perSecond: number
): Promise<Load> {
  const pool = new Pool(target.origin, { connections: 256 })
  const sender = new Sender(pool, target.path)
  const begun = performance.now()
  const sending: Promise<void>[] = []
  for (const [index, message] of messages.entries()) {
    const wait = begun + (index * 1_000) / perSecond - performance.now()
    if (wait > 1) {
      await sleep(wait)
    }
    sending.push(sender.send(message))
  }
  await Promise.all(sending)
  const took = (performance.now() - begun) / 1_000
  await pool.close()
  return sender.toLoad(took)
}
