import { randomUUID } from "node:crypto"
import type { RunningChannel } from "../../../scripts/demo/worlds/simulators"

interface Job {
  readonly listingId: string
  readonly quantity: number
  attempts: number
}

const WORKERS = 4
const BACKOFF_MS = 50
const MOST_ATTEMPTS = 20

/**
 * The baseline: a queue of events, each carrying the number that was right when it happened, worked on by four workers
 * that repeat a call until it is answered. It never crashes, which is kinder than the real thing.
 */
export class NaiveQueue {
  calls = 0
  private readonly jobs: Job[] = []
  private active = 0

  constructor(private readonly channel: RunningChannel) {}

  push(listingId: string, quantity: number): void {
    this.jobs.push({ listingId, quantity, attempts: 0 })
    this.fill()
  }

  get isIdle(): boolean {
    return this.jobs.length === 0 && this.active === 0
  }

  private fill(): void {
    while (this.active < WORKERS) {
      const job = this.jobs.shift()
      if (!job) {
        return
      }
      this.active += 1
      void this.work(job).finally(() => {
        this.active -= 1
        this.fill()
      })
    }
  }

  private async work(job: Job): Promise<void> {
    this.calls += 1
    job.attempts += 1
    const isDone = await fetch(`${this.channel.url}/v1/inventory/set`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.channel.token}` },
      body: JSON.stringify({
        idempotency_key: randomUUID(),
        items: [{ listing_id: job.listingId, location_id: "*", quantity: job.quantity }],
      }),
    }).then(
      async (response) => {
        await response.arrayBuffer()
        return response.ok
      },
      () => false
    )
    if (!isDone && job.attempts < MOST_ATTEMPTS) {
      // A job that failed waits a little and goes to the end of the queue, as in every queue.
      await new Promise((resolve) => setTimeout(resolve, BACKOFF_MS * job.attempts))
      this.jobs.push(job)
    }
  }
}
