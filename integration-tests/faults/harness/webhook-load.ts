import { randomUUID } from "node:crypto"
import { signWebhook } from "../../../src/lib/webhook-signature"
import type { FaultChannel } from "./fault-channel"
import { SKUS } from "./shop-template"

export interface ChannelEvent {
  readonly id: string
  readonly type: "stock.changed" | "order.placed" | "order.changed"
  readonly data: unknown
}

/** Sends a message as the channel would. 0 when there was no answer. */
export async function sendWebhook(shopUrl: string, channel: FaultChannel, event: ChannelEvent): Promise<number> {
  const rawBody = Buffer.from(
    JSON.stringify({ type: event.type, event_id: event.id, occurred_at: new Date().toISOString(), data: event.data })
  )
  const message = { id: event.id, timestampSeconds: Math.floor(Date.now() / 1_000), rawBody }
  const signed = signWebhook(message, [channel.webhookSecret])
  if (!signed.ok) {
    throw new Error(signed.error.message)
  }
  return fetch(`${shopUrl}/hooks/hub/${channel.connectionId}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signed.value },
    body: rawBody,
    signal: AbortSignal.timeout(10_000),
  }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.status
    },
    () => 0
  )
}

const SENDERS = 16
const PAUSE_MS = 5

/** A stream of messages, each with an id of its own, from many senders at once. */
export class WebhookLoad {
  /** Ids that were answered 200: the channel will never send these again. */
  readonly answered: string[] = []
  /** How often each status came; 0 is no answer. */
  readonly statuses = new Map<number, number>()
  private isOver = false
  private readonly senders: Promise<void>[]

  constructor(shopUrl: string, channel: FaultChannel) {
    this.senders = Array.from({ length: SENDERS }, async (_, sender) => {
      while (!this.isOver) {
        const data = { listing_id: `L-${SKUS[sender]}`, location_id: "*", quantity: 1 }
        const event: ChannelEvent = { id: `load-${randomUUID()}`, type: "stock.changed", data }
        const status = await sendWebhook(shopUrl, channel, event)
        this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
        if (status === 200) {
          this.answered.push(event.id)
        } else {
          // A sender that was refused does not hammer on.
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
        }
      }
    })
  }

  count(status: number): number {
    return this.statuses.get(status) ?? 0
  }

  /** Sends while something else happens, and has heard the last answer before it returns. */
  async during<Found>(work: () => Promise<Found>): Promise<Found> {
    try {
      return await work()
    } finally {
      this.isOver = true
      await Promise.all(this.senders)
    }
  }
}
