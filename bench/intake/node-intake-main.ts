/*
 * The same as the bare route, without Medusa around it: what Medusa itself costs. Ten connections.
 */
import { createServer, type IncomingMessage } from "node:http"
import { Pool } from "@medusajs/framework/pg"
import { parseSimulatorWebhook } from "../../src/connectors/simulator/webhook"

const INSERT_SQL = `
  INSERT INTO hub_inbox_event (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
  VALUES ('hinb_' || md5($2), 'hcomp_default', $1, $2, $3, 'bare:' || $2, CAST($4 AS jsonb), now(), clock_timestamp(), 'processed')
  ON CONFLICT (connection_id, event_id) WHERE deleted_at IS NULL DO NOTHING`

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk as Uint8Array))
  }
  return Buffer.concat(chunks)
}

const [databaseUrl = "", secret = "", connectionId = ""] = process.argv.slice(2)
const pool = new Pool({ connectionString: databaseUrl, max: 10 })

async function take(request: IncomingMessage): Promise<number> {
  const rawBody = await readBody(request)
  const headers = request.headers as Record<string, string>
  const message = parseSimulatorWebhook({ headers, rawBody }, { secrets: [secret], now: new Date() })
  if (!message.ok) {
    return 401
  }
  const { eventId, topic } = message.value
  await pool.query(INSERT_SQL, [connectionId, eventId, topic, JSON.stringify(message.value)])
  return 200
}

const server = createServer((request, response) => {
  void take(request)
    .catch(() => 503)
    .then((status) => {
      response.statusCode = status
      response.setHeader("content-type", "application/json")
      response.end('{"result":"accepted"}')
    })
})
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  process.send?.(typeof address === "object" ? address?.port : 0)
})
process.once("disconnect", () => process.exit(0))
