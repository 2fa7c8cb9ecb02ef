import { de } from "../../../src/admin/texts/de"
import { en } from "../../../src/admin/texts/en"
import type { AdminPage, Language } from "./admin-page"
import type { PageToLookAt } from "./look-at-pages"

type Texts = typeof en

const inBoth = (text: (texts: Texts) => string): Readonly<Record<Language, string>> => ({ en: text(en), de: text(de) })

const anyOf = (words: Readonly<Record<Language, string>>): RegExp =>
  new RegExp(
    Object.values(words)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("|")
  )

interface Ids {
  readonly product: string
  readonly variant: string
  readonly inventoryItem: string
  readonly location: string
  readonly salesChannel: string
}

/** Finds one of everything of Medusa's that carries a widget of ours. */
export async function idsOf(admin: AdminPage, sku: string): Promise<Ids> {
  const { variants } = await admin.api<{ variants: { id: string; product_id: string }[] }>(
    "GET",
    `/admin/product-variants?sku=${encodeURIComponent(sku)}&fields=id,product_id`
  )
  const { inventory_items: items } = await admin.api<{ inventory_items: { id: string }[] }>(
    "GET",
    `/admin/inventory-items?sku=${encodeURIComponent(sku)}&fields=id`
  )
  const { stock_locations: locations } = await admin.api<{ stock_locations: { id: string }[] }>(
    "GET",
    "/admin/stock-locations?limit=1&fields=id"
  )
  return {
    product: variants[0]?.product_id ?? "",
    variant: variants[0]?.id ?? "",
    inventoryItem: items[0]?.id ?? "",
    location: locations[0]?.id ?? "",
    salesChannel: "",
  }
}

/** Medusa's pages that carry a widget of ours. @param ready what each shows when it has its data */
function widgets(ids: Ids, ready: (of: keyof Ids) => string | RegExp): readonly PageToLookAt[] {
  const product = `/products/${ids.product}`
  return [
    {
      name: "widget-inventory-item",
      path: `/inventory/${ids.inventoryItem}`,
      ready: ready("inventoryItem"),
      widget: inBoth((texts) => texts.widget.title),
    },
    {
      name: "widget-variant",
      path: `${product}/variants/${ids.variant}`,
      ready: ready("variant"),
      widget: inBoth((texts) => texts.places.variant.title),
    },
    {
      name: "widget-product",
      path: product,
      ready: ready("product"),
      widget: inBoth((texts) => texts.places.product.title),
    },
    {
      name: "widget-location",
      path: `/settings/locations/${ids.location}`,
      ready: ready("location"),
      widget: inBoth((texts) => texts.places.location.title),
    },
    {
      name: "widget-sales-channel",
      path: `/settings/sales-channels/${ids.salesChannel}`,
      ready: ready("salesChannel"),
      widget: inBoth((texts) => texts.places.salesChannel.title),
    },
  ]
}

/** Every page and widget of the hub in the demo's shop, where four channels sell. */
export async function pagesOfTheDemo(admin: AdminPage): Promise<readonly PageToLookAt[]> {
  const { connections } = await admin.api<{ connections: { id: string; name: string }[] }>(
    "GET",
    "/admin/hub/connections"
  )
  const found = connections.find(({ name }) => name === "Megamart")
  const { connection: megamart } = await admin.api<{ connection: { id: string; sales_channel_id: string } }>(
    "GET",
    `/admin/hub/connections/${found?.id ?? ""}`
  )
  const { runs } = await admin.api<{ runs: { id: string }[] }>(
    "GET",
    `/admin/hub/runs?connection_id=${megamart.id}&limit=1`
  )
  const { orders } = await admin.api<{ orders: { order_id: string | null }[] }>(
    "GET",
    `/admin/hub/orders?connection_id=${megamart.id}&limit=1`
  )
  const detail = `/hub/connections/${megamart.id}`
  const ids = { ...(await idsOf(admin, "OAK-MUG-SAND")), salesChannel: megamart.sales_channel_id }
  return [
    { name: "overview", path: "/hub", ready: /of \d+ channels in sync|von \d+ Kanälen/ },
    { name: "connections", path: "/hub/connections", ready: "Megamart" },
    ...(["status", "timeline", "listings", "settings", "credentials"] as const).map((tab) => ({
      name: `connection-${tab}`,
      path: `${detail}?tab=${tab}`,
      ready: "Megamart",
    })),
    { name: "wizard", path: "/hub/connections?setup=new", ready: "Simulator", isDialog: true },
    { name: "listings", path: "/hub/listings", ready: "Harbour" },
    { name: "runs", path: "/hub/runs", ready: "Megamart" },
    { name: "orders", path: "/hub/orders", ready: "Megamart" },
    { name: "inbound", path: "/hub/inbound", ready: "Megamart" },
    { name: "run", path: `/hub/runs/${runs[0]?.id ?? ""}`, ready: "Megamart" },
    { name: "issues", path: "/hub/issues", ready: anyOf(inBoth((texts) => texts.issues.title)) },
    { name: "access", path: "/settings/hub-access", ready: anyOf(inBoth((texts) => texts.access.title)) },
    ...widgets(ids, () => "Megamart"),
    {
      name: "widget-order",
      path: `/orders/${orders[0]?.order_id ?? ""}`,
      ready: "Megamart",
      widget: inBoth((texts) => texts.orders.widget.title),
    },
  ]
}

/** The same in a shop that has not connected anything yet. */
export function pagesOfAnEmptyShop(ids: Ids): readonly PageToLookAt[] {
  const none: Record<keyof Ids, string | RegExp> = {
    inventoryItem: anyOf(inBoth((texts) => texts.widget.nowhere)),
    variant: anyOf(inBoth((texts) => texts.places.variant.none)),
    product: anyOf(inBoth((texts) => texts.places.product.none)),
    location: anyOf(inBoth((texts) => texts.places.location.none)),
    salesChannel: anyOf(inBoth((texts) => texts.places.salesChannel.none)),
  }
  return [
    { name: "empty-overview", path: "/hub", ready: anyOf(inBoth((texts) => texts.empty.title)) },
    {
      name: "empty-connections",
      path: "/hub/connections",
      ready: anyOf(inBoth((texts) => texts.connections.empty.title)),
    },
    { name: "empty-listings", path: "/hub/listings", ready: anyOf(inBoth((texts) => texts.mapping.table.empty)) },
    { name: "empty-orders", path: "/hub/orders", ready: anyOf(inBoth((texts) => texts.orders.none.all)) },
    { name: "empty-inbound", path: "/hub/inbound", ready: anyOf(inBoth((texts) => texts.inbound.none)) },
    { name: "empty-runs", path: "/hub/runs", ready: anyOf(inBoth((texts) => texts.runs.none)) },
    { name: "empty-issues", path: "/hub/issues", ready: anyOf(inBoth((texts) => texts.issues.none.open)) },
    { name: "empty-access", path: "/settings/hub-access", ready: anyOf(inBoth((texts) => texts.access.title)) },
    ...widgets(ids, (of) => none[of]),
  ]
}
