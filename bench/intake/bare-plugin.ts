import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/*
 * What the hub's intake is held against: a route inside the same Medusa that verifies a message with the same function and stores
 * it by a statement of its own before it answers. It keeps its secret in memory, checks nothing else and logs nothing.
 */
const ROUTE = (repoFolder: string): string => `
const { parseSimulatorWebhook } = require(${JSON.stringify(join(repoFolder, "src/connectors/simulator/webhook"))})
const { randomUUID } = require("node:crypto")

const INSERT_SQL = \`
  INSERT INTO hub_inbox_event (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
  VALUES (:id, 'hcomp_default', :connectionId, :eventId, :topic, :eventId, CAST(:payload AS jsonb), now(), clock_timestamp(), 'accepted')
  ON CONFLICT (connection_id, event_id) WHERE deleted_at IS NULL DO NOTHING\`

exports.POST = async (req, res) => {
  const context = { secrets: [process.env.HUB_BENCH_SECRET], now: new Date() }
  const message = parseSimulatorWebhook({ headers: req.headers, rawBody: req.body }, context)
  if (!message.ok) {
    res.status(401).json({ message: message.error.message })
    return
  }
  const { eventId, topic } = message.value
  await req.scope.resolve("__pg_connection__").raw(INSERT_SQL, {
    id: "hinb_" + randomUUID(), connectionId: req.params.connection_id, eventId, topic, payload: JSON.stringify(message.value),
  })
  res.json({ result: "accepted" })
}
`

const MIDDLEWARES = (repoFolder: string): string => `
const { defineMiddlewares } = require("@medusajs/framework/http")
const { raw } = require(${JSON.stringify(join(repoFolder, "node_modules/express"))})

exports.default = defineMiddlewares({
  routes: [{ matcher: "/bare/:connection_id", methods: ["POST"], bodyParser: false, middlewares: [raw({ type: () => true, limit: "1mb" })] }],
})
`

/** Writes it as a plugin below \`.hub\`. @returns its folder */
export function writeBarePlugin(repoFolder: string): string {
  const folder = join(repoFolder, ".hub", "bench-intake", "bare-plugin")
  const api = join(folder, ".medusa/server/src/api")
  const files: Readonly<Record<string, string>> = {
    [join(folder, "package.json")]: JSON.stringify({ name: "hub-bench-bare", version: "0.0.0" }),
    [join(api, "bare/[connection_id]/route.js")]: ROUTE(repoFolder),
    [join(api, "middlewares.js")]: MIDDLEWARES(repoFolder),
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return folder
}
