import assert from "node:assert/strict"
import type { RunningSimulator } from "../../../src/connectors/simulator/server/start-simulator"
import type { AdminPage } from "./admin-page"
import type { Hands } from "./hands"
import { KINDS, TOKEN } from "./journey-shop"

const PATIENCE_MS = 60_000

interface Connections {
  readonly connections: readonly { readonly id: string; readonly name: string }[]
}

interface State {
  readonly stock: readonly { readonly listing_id: string; readonly quantity: number }[]
}

/** What the fake channel itself shows. */
export async function shown(channel: RunningSimulator): Promise<ReadonlyMap<string, number>> {
  const state = (await (await fetch(`${channel.url}/control/state`)).json()) as State
  return new Map(state.stock.map(({ listing_id: id, quantity }) => [id, quantity]))
}

/**
 * Connects a channel by the wizard, from the first click to the honest preview and on to live.
 *
 * @returns the id of the connection
 */
export async function connectByWizard(admin: AdminPage, hands: Hands, channel: RunningSimulator): Promise<string> {
  const { page } = admin
  const name = `Journey by ${hands.name} ${Date.now()}`
  const next = page.getByRole("button", { name: "Continue", exact: true })
  await admin.goto("/hub/connections")
  await hands.use(page.getByRole("button", { name: "Connect a channel" }))
  const wizard = page.getByRole("dialog")
  await hands.use(wizard.getByRole("radio", { name: /Choose Simulator/i }))
  await hands.type(wizard.getByLabel("Name", { exact: true }), name)
  await hands.use(next)
  await hands.type(wizard.getByLabel("Address"), channel.url)
  await hands.type(wizard.getByLabel("Token"), TOKEN)
  await admin.isAccessible('[role="dialog"]')
  await hands.use(wizard.getByRole("button", { name: "Test and save" }))
  await wizard.getByText("Which stock is sold there?").waitFor({ timeout: PATIENCE_MS })
  await hands.use(next)
  await hands.use(wizard.getByRole("button", { name: "Connect and import" }))
  await wizard.getByText(/500 listings read, 350 linked by SKU/).waitFor({ timeout: PATIENCE_MS })
  await hands.use(next)
  await wizard.getByText("What belongs to what?").waitFor({ timeout: PATIENCE_MS })
  await hands.use(next)
  await hands.type(wizard.getByLabel("Keep back"), "2")
  await hands.use(next)
  const sentence = wizard.getByText(new RegExp(`0 lower, ${KINDS.sku} higher, 0 to zero, 0 unchanged`))
  await sentence.waitFor({ timeout: PATIENCE_MS })
  await admin.isAccessible('[role="dialog"]')
  await admin.shot(`journey-preview-${hands.name}`)
  assert.equal((await shown(channel)).get("J-001"), 3, "nothing is written before it is live")
  await hands.use(wizard.getByRole("button", { name: "Go live" }))
  await hands.use(page.getByRole("alertdialog").getByRole("button", { name: "Go live" }))
  await wizard.getByText("This connection is live.").waitFor({ timeout: PATIENCE_MS })
  await hands.use(wizard.getByRole("button", { name: "Done" }))
  const { connections } = await admin.api<Connections>("GET", "/admin/hub/connections")
  const id = connections.find((connection) => connection.name === name)?.id
  assert.ok(id, `there is a connection ${name}`)
  return id
}

/** Waits until the channel shows a number. */
export async function untilShown(channel: RunningSimulator, listing: string, quantity: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while ((await shown(channel)).get(listing) !== quantity) {
    assert.ok(
      Date.now() < deadline,
      `${listing} shows ${(await shown(channel)).get(listing) ?? "nothing"}, not ${quantity}`
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The channel refuses some numbers in a run; when it takes them again, a person has the failed ones tried once more. */
export async function retryFailedRun(
  admin: AdminPage,
  hands: Hands,
  { connectionId, channel }: { readonly connectionId: string; readonly channel: RunningSimulator }
): Promise<void> {
  const { page } = admin
  const chaos = async (rate: number): Promise<void> => {
    const answer = await fetch(`${channel.url}/control/settings`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ chaos: { reject_item_rate: rate } }),
    })
    assert.ok(answer.ok, `the simulator took the change (${answer.status})`)
  }
  await chaos(0.5)
  // Other numbers for everything: what is level already would not be sent.
  await admin.api("POST", `/admin/hub/connections/${connectionId}`, { quantity_rule: { buffer: 3 } })
  const { run } = await admin.api<{ run: { id: string } }>("POST", "/admin/hub/runs", {
    kind: "sync-all",
    connection_id: connectionId,
  })
  await admin.goto(`/hub/runs/${run.id}`)
  await page
    .getByText(/Succeeded with problems/)
    .first()
    .waitFor({ timeout: PATIENCE_MS })
  await admin.shot(`journey-failed-run-${hands.name}`)
  await chaos(0)
  await hands.use(page.getByRole("button", { name: /Retry (what )?failed/i }))
  await page.getByText("Try failed items again").first().waitFor({ timeout: PATIENCE_MS })
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const { runs } = await admin.api<{ runs: { kind: string; state: string; failed_count: number }[] }>(
      "GET",
      `/admin/hub/runs?connection_id=${connectionId}&kind=retry-failed`
    )
    if (runs[0]?.state === "succeeded") {
      return
    }
    assert.ok(Date.now() < deadline, `the retry ended: ${JSON.stringify(runs[0])}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

/** Puts back what the channel showed before it went live. */
export async function restoreSnapshot(
  admin: AdminPage,
  hands: Hands,
  { connectionId, channel }: { readonly connectionId: string; readonly channel: RunningSimulator }
): Promise<void> {
  const { page } = admin
  await admin.goto(`/hub/connections/${connectionId}`)
  await hands.use(page.getByRole("button", { name: "Actions" }))
  await hands.use(page.getByRole("menuitem", { name: "Put a snapshot back" }))
  await page.getByRole("dialog").waitFor({ timeout: PATIENCE_MS })
  await admin.shot(`journey-restore-${hands.name}`)
  await hands.use(page.getByRole("dialog").getByRole("button", { name: /put back/i }))
  await untilShown(channel, "J-001", 3)
}
