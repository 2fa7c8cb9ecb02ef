import type { ExternalListingId, StockKey } from "medusa-stock-hub/connector"
import { testConnector } from "medusa-stock-hub/testing"
import { bookshopConnector, SHELF } from "../src"
import { API_KEY, startFakeBookshop } from "./fake-bookshop"

const keyOf = (isbn: string): StockKey => ({
  externalListingId: isbn as ExternalListingId,
  externalLocationId: SHELF,
})

testConnector(bookshopConnector, {
  exampleSettings: { base_url: "http://127.0.0.1:1", api_key: API_KEY },
  start: async () => {
    const shop = await startFakeBookshop({ "111": 1, "222": 2, "333": 3 })
    return {
      settings: { base_url: shop.url, api_key: API_KEY },
      wrongCredentials: { base_url: shop.url, api_key: "another-canary-key" },
      secrets: [API_KEY, "another-canary-key"],
      misbehave: async (how) => shop.misbehave(how),
      listingIds: ["111", "222", "333"],
      stock: {
        keys: [keyOf("111"), keyOf("222"), keyOf("333")],
        missingKey: keyOf("999"),
        shown: async ({ externalListingId: isbn }) => shop.shelf.get(isbn) ?? null,
        show: async ({ externalListingId: isbn }, quantity) => void shop.shelf.set(isbn, quantity),
      },
      stop: shop.stop,
    }
  },
})
