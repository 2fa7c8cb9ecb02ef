import { createServer, type IncomingMessage } from "node:http"
import { Client } from "@medusajs/framework/pg"
import { z } from "@medusajs/framework/zod"

/** How long messages lie in memory before they are stored together. */
const STORE_EVERY_MS = 250

const bodySchema = z.object({ event_id: z.string() })

const STORE_SQL = `
  INSERT INTO hub_inbox_event (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
  SELECT 'hinb_' || md5(e.id), 'hcomp_default', $1, e.id, 'other', e.id, '{}', now(), now(), 'processed'
  FROM unnest($2::text[]) AS e(id)`

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ""
  for await (const chunk of request) {
    text += String(chunk)
  }
  return text
}

async function main(): Promise<void> {
  const db = new Client({ connectionString: process.argv[2] ?? "" })
  await db.connect()
  const waiting = new Map<string, string[]>()
  setInterval(() => {
    for (const [connectionId, ids] of waiting) {
      waiting.delete(connectionId)
      void db.query(STORE_SQL, [connectionId, ids])
    }
  }, STORE_EVERY_MS)
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const connectionId = (request.url ?? "").split("/").at(-1) ?? ""
      const ids = waiting.get(connectionId) ?? []
      waiting.set(connectionId, [...ids, bodySchema.parse(JSON.parse(text)).event_id])
      response.end()
    })
  })
  server.listen(0, () => {
    const address = server.address()
    process.send?.(typeof address === "object" ? address?.port : 0)
  })
  process.once("disconnect", () => process.exit(1))
}

void main()
