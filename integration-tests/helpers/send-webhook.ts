import { integrationConfig, WEBHOOK_SECRET } from "../../src/engine/connections"
import { signWebhook } from "../../src/lib/webhook-signature"
import type { HubWorld } from "./hub-world"

/** Sends a message as the channel would, signed with the secret that the hub gave it. */
export async function send(
  world: HubWorld,
  connectionId: string,
  event: { readonly id: string; readonly type: string; readonly data: unknown }
): Promise<number> {
  const secrets = await integrationConfig(world.container).readSecrets(connectionId)
  const rawBody = Buffer.from(
    JSON.stringify({ type: event.type, event_id: event.id, occurred_at: new Date().toISOString(), data: event.data })
  )
  const signed = signWebhook({ id: event.id, timestampSeconds: Math.floor(Date.now() / 1_000), rawBody }, [
    secrets[WEBHOOK_SECRET] ?? "",
  ])
  if (!signed.ok) {
    throw new Error(signed.error.message)
  }
  const response = await fetch(`${world.baseUrl}/hooks/hub/${connectionId}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signed.value },
    body: rawBody,
  })
  return response.status
}
