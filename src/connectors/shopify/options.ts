import type { OptionsDescriptor, OptionValues } from "../define-options"

export const shopifyOptions = {
  shop: {
    type: "text",
    label: "Shop address",
    required: true,
    public: true,
    help: "The permanent address of the shop, for example example.myshopify.com. Not the domain that buyers see.",
  },
  client_id: {
    type: "text",
    label: "Client ID",
    public: true,
    help: "Stands in Shopify's Dev Dashboard, in the settings of your app. Leave it empty if you have a lasting access token.",
  },
  client_secret: {
    type: "text",
    label: "Client secret",
    help: "Stands in the same place. Shopify also signs its messages with it, so it is needed beside a lasting access token, too.",
  },
  access_token: {
    type: "text",
    label: "Lasting access token",
    help: "Only for apps that were made in the shop's own admin before 2026. It begins with shpat_.",
  },
  ask_on_shopify: {
    type: "boolean",
    label: "Ask for permission on Shopify's page",
    public: true,
    default: false,
    help: "For apps that are not of the shop's own organisation. Otherwise the app gets its tokens by itself.",
  },
  api_version: {
    type: "text",
    label: "API version",
    public: true,
    help: "Leave it empty for 2026-10. 2026-04 and 2026-07 work as well.",
  },
  buyer_currency: {
    type: "boolean",
    label: "Orders in the buyer's currency",
    public: true,
    default: false,
    help: "Takes amounts over as the buyer saw them. Otherwise in the shop's currency, as Shopify converts them.",
  },
} as const satisfies OptionsDescriptor

export type ShopifyOptions = OptionValues<typeof shopifyOptions>

export const DEFAULT_API_VERSION = "2026-10"

/** The first version in which every stock write has to compare and to carry a key. */
const OLDEST_API_VERSION = "2026-04"

export const apiVersionOf = ({ api_version: version }: Pick<ShopifyOptions, "api_version">): string =>
  version?.trim() ? version.trim() : DEFAULT_API_VERSION

/** Why a version cannot be used, or null. */
export function findVersionMistake(version: string): string | null {
  if (!/^\d{4}-(01|04|07|10)$/.test(version)) {
    return `"${version}" is no version of Shopify's API. Versions look like ${DEFAULT_API_VERSION}.`
  }
  return version < OLDEST_API_VERSION
    ? `Version ${version} of Shopify's API is too old: it cannot compare before it writes. Use ${OLDEST_API_VERSION} or later.`
    : null
}

/** This machine, where a fake listens. Anywhere else a token must not travel in the clear. */
const LOOPBACK = /^http:\/\/(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/

/**
 * Where a shop is, from whatever a person wrote: a name, a host, an address of a page in its admin. Null when it is nothing of
 * the kind.
 */
export function shopAddress(shop: string): string | null {
  const text = shop.trim().replace(/\/+$/, "")
  if (LOOPBACK.test(text)) {
    return text
  }
  const host = (/^(?:https:\/\/)?([^/:?#@\s]+)(?:\/.*)?$/i.exec(text)?.[1] ?? "").toLowerCase()
  if (/^[a-z0-9][a-z0-9-]*$/.test(host)) {
    return `https://${host}.myshopify.com`
  }
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) ? `https://${host}` : null
}
