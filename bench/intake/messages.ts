import { randomUUID } from "node:crypto"
import { SKUS } from "../../integration-tests/faults/harness/shop-template"
import { signWebhook } from "../../src/lib/webhook-signature"

/** A delivery that only has to be sent. */
export interface SignedMessage {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** About what an order of two lines weighs on a real channel. */
const PADDING = "x".repeat(1_200)

/** Signed ahead, so that signing is not what is measured. They are good for five minutes. */
export function signMessages(count: number, secret: string): SignedMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `bench-${randomUUID()}`
    const body = Buffer.from(
      JSON.stringify({
        type: "stock.changed",
        event_id: id,
        occurred_at: new Date().toISOString(),
        data: { listing_id: `L-${SKUS[index % SKUS.length]}`, location_id: "*", quantity: index % 50, note: PADDING },
      })
    )
    const signed = signWebhook({ id, timestampSeconds: Math.floor(Date.now() / 1_000), rawBody: body }, [secret])
    if (!signed.ok) {
      throw new Error(signed.error.message)
    }
    return { id, body, headers: { "content-type": "application/json", ...signed.value } }
  })
}
