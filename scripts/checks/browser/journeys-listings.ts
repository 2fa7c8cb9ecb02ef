import assert from "node:assert/strict"
import type { Locator } from "playwright-core"
import type { AdminPage } from "./admin-page"
import type { Hands } from "./hands"
import { KINDS } from "./journey-shop"

const PATIENCE_MS = 30_000

interface ListingsAnswer {
  readonly listings: readonly { readonly listing_id: string; readonly link_state: string }[]
}

const count = async (admin: AdminPage, filter: string): Promise<number> =>
  (await admin.api<ListingsAnswer>("GET", `/admin/hub/listings?limit=200&${filter}`)).listings.length

/** Accepts every suggestion above a score and ignores what is left: all 500 listings are decided. */
export async function mapListings(admin: AdminPage, hands: Hands, connectionId: string): Promise<void> {
  const { page } = admin
  const act = async (view: string, action: string): Promise<void> => {
    await admin.goto(`/hub/listings?channel=${connectionId}&link=${view}`)
    await hands.use(page.getByRole("checkbox", { name: "Select all that are shown" }))
    const all = page.getByRole("button", { name: "Select all that match the filters" })
    if (await all.isVisible()) {
      await hands.use(all)
    }
    await hands.use(page.getByRole("button", { name: action, exact: true }))
    await page.getByText(/listings? will change\./).waitFor({ timeout: PATIENCE_MS })
    await hands.use(page.getByRole("button", { name: "Do it" }))
    await page.getByRole("button", { name: "Do it" }).waitFor({ state: "detached", timeout: PATIENCE_MS })
  }
  await act("suggested", "Accept suggestions")
  assert.equal(await count(admin, `connection_id=${connectionId}&link=suggested`), 0)
  await act("unlinked", "Ignore")
  assert.equal(await count(admin, `connection_id=${connectionId}&state=ignored`), KINDS.nothing)
  assert.equal(await count(admin, `connection_id=${connectionId}&state=unlinked`), 0)
  await admin.shot(`journey-mapped-${hands.name}`)
}

/** A person counts 9 of an article, 2 are kept back. Who looks for its SKU later reads where the 7 comes from. */
export async function findWhy(
  admin: AdminPage,
  hands: Hands,
  { sku, connectionId }: { readonly sku: string; readonly connectionId: string }
): Promise<void> {
  const { page } = admin
  const { inventory_items: items } = await admin.api<{
    inventory_items: { id: string; location_levels: { location_id: string }[] }[]
  }>("GET", `/admin/inventory-items?sku=${sku}&fields=id,location_levels.location_id`)
  const [item] = items
  const path = `/admin/inventory-items/${item?.id ?? ""}/location-levels/${item?.location_levels[0]?.location_id ?? ""}`
  await admin.goto(`/hub/listings?channel=${connectionId}`)
  await hands.type(page.getByPlaceholder("SKU, title, external id"), sku)
  const number = (quantity: number): Locator =>
    page
      .getByRole("row", { name: new RegExp(sku) })
      .getByRole("button", { name: `Should show ${quantity}: show why` })
      .filter({ visible: true })
  for (const stocked of [12, 9]) {
    await admin.api("POST", path, { stocked_quantity: stocked })
    await number(stocked - 2)
      .first()
      .waitFor({ timeout: PATIENCE_MS })
  }
  await hands.use(number(7))
  const drawer = page.getByRole("dialog")
  await drawer
    .getByText(/Stock of .* (edited|counted anew): 12 → 9/)
    .first()
    .waitFor({ timeout: PATIENCE_MS })
  await drawer
    .getByText(/12 → 9 – .*Demo/)
    .first()
    .waitFor({ timeout: PATIENCE_MS })
  await drawer
    .getByText(/Quantity rule changed: buffer 0 → 2 – .*Demo/)
    .first()
    .waitFor({ timeout: PATIENCE_MS })
  await drawer.getByText("Recomputed: verified").waitFor({ timeout: PATIENCE_MS })
  await admin.isAccessible('[role="dialog"]')
  await admin.shot(`journey-why-${hands.name}`)
  await page.keyboard.press("Escape")
}
