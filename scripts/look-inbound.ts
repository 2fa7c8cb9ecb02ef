import { chromium } from "playwright-core"
import { startSimulator } from "../src/connectors/simulator/server/start-simulator"
import { Checklist } from "./checks/support/checklist"
import { AdminPage } from "./checks/browser/admin-page"
import { startDemo } from "./checks/browser/start-demo"
import { lookAtPages } from "./checks/browser/look-at-pages"

const checks = new Checklist((line) => process.stdout.write(`${line}\n`))
const APP = { client_id: "hub-app", client_secret: "secret-of-app" }

async function main(): Promise<void> {
  const demo = await startDemo(process.cwd())
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] })
  const sim = await startSimulator({ name: "Harbour Outlet", has_locations: false, compare_and_set: false, oauth: APP, listings: [] })
  try {
    const admin = await AdminPage.open(browser, demo)
    const { connections } = await admin.api<{ connections: { id: string; name: string }[] }>("GET", "/admin/hub/connections")
    const origin = new URL(demo.url).origin
    const first = connections[0]
    for (let n = 0; n < 3; n += 1) {
      await fetch(`${origin}/hooks/hub/${first?.id}`, { method: "POST", headers: { "webhook-id": "x", "webhook-timestamp": "1", "webhook-signature": "v1,AA" }, body: '{"first_name":"Ada"}' })
    }
    await fetch(`${origin}/hooks/hub/${first?.id}`, { method: "POST", body: "x".repeat(1_200_000) })
    await new Promise((r) => setTimeout(r, 3000))
    const list = await admin.api<{ messages: { id: string; state: string; topic: string }[] }>("GET", "/admin/hub/inbound?limit=100")
    process.stdout.write(JSON.stringify(list.messages.reduce<Record<string, number>>((a, m) => ({ ...a, [`${m.state}/${m.topic}`]: (a[`${m.state}/${m.topic}`] ?? 0) + 1 }), {})) + "\n")
    const order = list.messages.find((m) => m.topic === "order" && m.state === "processed")
    const rejected = list.messages.find((m) => m.state === "rejected")
    const created = await admin.api<{ connection: { id: string } }>("POST", "/admin/hub/connections", {
      name: "Harbour Outlet", connector_id: "simulator",
      settings: { base_url: sim.url, has_locations: false, compare_and_set: false, ...APP },
      allowed_operations: ["read-listings", "read-stock", "write-stock", "read-orders", "webhooks"],
    })
    const oauthId = created.connection.id
    await lookAtPages(checks, admin, [
      { name: "in-list", path: "/hub/inbound", ready: /Megamart|Harbour|Order|Bestellung/ },
      { name: "in-rejected", path: "/hub/inbound?state=rejected", ready: /webhook|larger/ },
      { name: "in-empty", path: "/hub/inbound?search=nothing-like-this", ready: /match|passt/ },
      { name: "in-processed", path: "/hub/inbound?state=processed&topic=order", ready: /Order|Bestellung/ },
      { name: "in-order", path: `/hub/inbound?message=${order?.id}`, ready: /webhook-signature|redacted/, isDialog: true },
      { name: "in-bad", path: `/hub/inbound?message=${rejected?.id}`, ready: /redacted|Headers|Kopfzeilen|larger/, isDialog: true },
      { name: "in-messages-tab", path: `/hub/connections/${first?.id}?tab=messages`, ready: /hooks\/hub/ },
      { name: "in-oauth-missing", path: `/hub/connections/${oauthId}`, ready: /oauth\/callback/ },
    ])
    await admin.page.setViewportSize({ width: 1440, height: 1000 })
    await admin.goto("/hub/inbound?state=processed&topic=order")
    await admin.page.getByRole("button", { name: "Replay all of this filter" }).click()
    await admin.page.getByText("Takes about").waitFor({ timeout: 10_000 })
    await admin.shot("in-replay")
    await admin.isAccessible("[role=alertdialog]")
    await admin.page.getByRole("button", { name: "Replay", exact: true }).click()
    await admin.page.waitForURL("**/hub/runs/**", { timeout: 10_000 })
    await new Promise((r) => setTimeout(r, 4000))
    await admin.shot("in-run")
    await admin.goto(`/hub/connections/${oauthId}`)
    await admin.page.getByRole("button", { name: "Authorise at the channel" }).click()
    await admin.page.getByRole("link", { name: "Allow", exact: true }).click()
    await admin.page.waitForURL("**/hub/connections/**", { timeout: 15_000 }).catch(() => undefined)
    await new Promise((r) => setTimeout(r, 2500))
    process.stdout.write(`${admin.page.url()}\n`)
    await admin.shot("in-oauth-done")
    await admin.api("POST", `/admin/hub/connections/${oauthId}/connect`, {})
    await fetch(`${sim.url}/control/oauth`, { method: "POST", body: '{"revoke":true}' })
    await new Promise((r) => setTimeout(r, 65_000))
    await admin.goto(`/hub/connections/${oauthId}`)
    await new Promise((r) => setTimeout(r, 3000))
    await admin.shot("in-oauth-ended")
    await admin.isAccessible()
    process.stdout.write(`console: ${JSON.stringify(admin.takeErrors())}\n`)
  } finally {
    await browser.close()
    await sim.stop()
    await demo.stop()
  }
}
main().then(() => { process.stdout.write(`${checks.summary()}\n`); process.exit(0) }, (e) => { console.error(e); process.exit(1) })
