import assert from "node:assert/strict"
import type { Checklist } from "../support/checklist"
import { AdminPage, type RunningAdmin } from "./admin-page"
import { withBrowser } from "./launch"
import { lookAtPages } from "./look-at-pages"
import { idsOf, pagesOfAnEmptyShop } from "./pages"

const SKU = "FRESH-1"

/** One of everything of Medusa's that carries a widget of ours. @returns the sales channel's id */
async function createOneOfEach(admin: AdminPage): Promise<string> {
  await admin.api("POST", "/admin/stock-locations", { name: "Fresh shelf" })
  const { sales_channel: channel } = await admin.api<{ sales_channel: { id: string } }>(
    "POST",
    "/admin/sales-channels",
    {
      name: "Fresh channel",
    }
  )
  await admin.api("POST", "/admin/products", {
    title: "Fresh thing",
    options: [{ title: "Kind", values: ["One"] }],
    variants: [{ title: "One", sku: SKU, manage_inventory: true, options: { Kind: "One" }, prices: [] }],
  })
  return channel.id
}

/** Opens every page and widget of the hub in an app that has just been installed and holds nothing yet. */
export async function lookAtFreshApp(checks: Checklist, running: RunningAdmin): Promise<void> {
  await withBrowser(async (browser) => {
    const admin = await checks.must("a browser opens the installed admin", () => AdminPage.open(browser, running))
    const salesChannel = await createOneOfEach(admin)
    const ids = { ...(await idsOf(admin, SKU)), salesChannel }
    await lookAtPages(checks, admin, pagesOfAnEmptyShop(ids))
    await checks.check("no error on the console of the installed admin", () => assert.deepEqual(admin.takeErrors(), []))
  })
}
