import { resolve } from "node:path"
import { runMedusa, startMedusa } from "../../scripts/demo/shop/medusa-process"
import { findFreePort } from "../../scripts/postgres/ports"
import { describeConditions, readConditions } from "../support/conditions"
import { spreadOf, timesOf, type Spread } from "../support/statistics"
import { formatNumber, renderTable } from "../support/table"
import { BenchDatabase } from "../sync/bench-database"
import { fillShop } from "../sync/fill"
import { fillStates } from "./fill-states"

/* How long does a page of the listings take, with 100,000 of them, next to a list of Medusa itself? */

const REPO_FOLDER = resolve(__dirname, "../..")
const CHANNELS = 4
const LIMIT_MS = 300
const ADMIN = { email: "bench@stock-hub.test", password: "bench-password" }

const say = (line: string): void =>
  void process.stderr.write(`${(performance.now() / 1_000).toFixed(0).padStart(4)} s  ${line}\n`)

/** What the page asks for. The first is what all others are compared with. */
const ROUTES = [
  ["Medusa: product variants", "/admin/product-variants?limit=50"],
  ["Medusa: inventory items", "/admin/inventory-items?limit=50"],
  ["default view", "/admin/hub/listings"],
  ["deep page", ""],
  ["one channel", "/admin/hub/listings?connection_id=hconn_00000000000000000000000002"],
  ["view Suggested", "/admin/hub/listings?link=suggested"],
  ["view Unlinked", "/admin/hub/listings?link=unlinked"],
  ["view Ignored", "/admin/hub/listings?link=ignored"],
  ["view Failed", "/admin/hub/listings?state=failed"],
  ["view Skipped", "/admin/hub/listings?state=skipped"],
  ["view Held", "/admin/hub/listings?state=held"],
  ["view Drifted (empty)", "/admin/hub/listings?state=conflict"],
  ["view Pending > 5 min", "/admin/hub/listings?pending_longer_than=300"],
  ["state In sync", "/admin/hub/listings?state=in-sync"],
  ["search, 1 listing", "/admin/hub/listings?q=SKU-24991"],
  ["search, many", "/admin/hub/listings?q=sku-1"],
  ["search, nothing", "/admin/hub/listings?q=nobody-has-this"],
  [
    "search in one channel that failed",
    "/admin/hub/listings?q=abc&state=failed&connection_id=hconn_00000000000000000000000001",
  ],
  ["counts", "/admin/hub/mapping/counts"],
] as const

async function login(url: string): Promise<string> {
  const answer = await fetch(`${url}/auth/user/emailpass`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(ADMIN),
  })
  const body: unknown = await answer.json()
  if (typeof body === "object" && body !== null && "token" in body && typeof body.token === "string") {
    return body.token
  }
  throw new Error("The bench's admin cannot log in.")
}

async function timeOnce(address: string, token: string): Promise<number> {
  const begin = performance.now()
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
  const body = await answer.text()
  if (!answer.ok) {
    throw new Error(`${address} answered ${answer.status}: ${body.slice(0, 500)}`)
  }
  return performance.now() - begin
}

async function measure(address: string, token: string, times: number): Promise<Spread | null> {
  // Plans and pages that are cold are the first visitor's, not everybody's.
  await timeOnce(address, token)
  await timeOnce(address, token)
  const taken: number[] = []
  for (let n = 0; n < times; n += 1) {
    taken.push(await timeOnce(address, token))
  }
  return spreadOf(taken)
}

async function run(database: BenchDatabase, listings: number, times: number): Promise<number> {
  say("Preparing tables")
  await database.prepare()
  const db = await database.fresh("hub_bench_listings")
  say(`Filling ${listings} listings on ${CHANNELS} channels`)
  const opening = Array.from({ length: Math.ceil(listings / CHANNELS) }, (_, index) => index % 50)
  await fillShop(db, { opening, channelUrls: Array.from({ length: CHANNELS }, () => "http://127.0.0.1:9") })
  await fillStates(db)
  const conditions = await readConditions(db, REPO_FOLDER, database.dataFolder)
  const cursor = Buffer.from(
    JSON.stringify([
      (
        await db.query<{ id: string }>("SELECT id FROM hub_listing ORDER BY id OFFSET $1 LIMIT 1", [
          Math.floor(listings / 2),
        ])
      ).rows[0]?.id ?? "",
      "*",
      0,
    ])
  ).toString("base64url")
  await db.end()
  const given = database.environment("hub_bench_listings")
  // Only the lists are measured: an engine that starts would mark everything stale first.
  const variables = { ...given.variables, HUB_ENGINE_OPTIONS: JSON.stringify({ autostart: false }) }
  const environment = { ...given, variables }
  await runMedusa(environment, "user", ["user", "-e", ADMIN.email, "-p", ADMIN.password])
  say("Starting Medusa")
  const medusa = await startMedusa(environment, await findFreePort())
  try {
    const token = await login(medusa.url)
    const rows: string[][] = [["route", "p50 ms", "p95 ms", "max ms", "× Medusa's list, p95"]]
    const slow: string[] = []
    let base: number | null = null
    for (const [name, path] of ROUTES) {
      const address = medusa.url + (path === "" ? `/admin/hub/listings?cursor=${cursor}` : path)
      const spread = await measure(address, token, times)
      base ??= spread?.p95 ?? null
      rows.push([
        name,
        formatNumber(spread?.p50 ?? null),
        formatNumber(spread?.p95 ?? null),
        formatNumber(spread?.max ?? null),
        formatNumber(timesOf(spread?.p95 ?? null, base)),
      ])
      if (path.startsWith("/admin/hub") && (spread?.p95 ?? Infinity) > LIMIT_MS) {
        slow.push(name)
      }
    }
    process.stdout.write(`${renderTable(rows)}\n\n${times} requests each, one after the other, ${listings} listings.\n`)
    process.stdout.write(`${describeConditions(conditions)}\n`)
    slow.forEach((name) => say(`SLOWER than ${LIMIT_MS} ms at p95: ${name}`))
    return slow.length === 0 ? 0 : 1
  } finally {
    await medusa.stop()
  }
}

async function main(): Promise<number> {
  const [listings = "100000", times = "60"] = process.argv.slice(2)
  const database = await BenchDatabase.open(REPO_FOLDER)
  try {
    return await run(database, Number(listings), Number(times))
  } finally {
    await database.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  }
)
