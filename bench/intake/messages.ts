import { randomUUID } from "node:crypto"
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
        type: "shop.renamed",
        event_id: id,
        occurred_at: new Date().toISOString(),
        data: { index, note: PADDING },
      })
    )
    const signed = signWebhook({ id, timestampSeconds: Math.floor(Date.now() / 1_000), rawBody: body }, [secret])
    if (!signed.ok) {
      throw new Error(signed.error.message)
    }
    return { id, body, headers: { "content-type": "application/json", ...signed.value } }
  })
}
