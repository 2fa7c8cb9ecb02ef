import fc from "fast-check"
import type { HttpClient, HttpRequest } from "../../../types/http-port"
import type { ExternalListingId } from "../../../types/ids"
import { keyOf, pushStock } from "../push-stock"
import { fakeSession } from "./fake-session"

const ACCEPTED = { status: "accepted" }

interface SentVariables {
  readonly key: string
  readonly input: { readonly quantities: readonly { readonly inventoryItemId: string }[] }
}

const sets = (requests: readonly HttpRequest[]): SentVariables[] =>
  requests
    .filter(({ operation }) => operation === "set-stock")
    .map(({ body }) => (body as { variables: SentVariables }).variables)

async function pass(ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) {
    await Promise.resolve()
  }
}

/** A way there and back that takes a while, as far as one can tell in one process. */
const slowly = (http: HttpClient): HttpClient => ({
  request: async (request) => {
    await pass(30)
    const response = await http.request(request)
    await pass(10)
    return response
  },
})

const failed = (vendorCode: string): unknown => ({
  status: "failed",
  failure: expect.objectContaining({ vendorCode }),
})

describe("setting quantities", () => {
  it("sends a batch in one call, and says of each number what it shall replace", async () => {
    const { session, requests, write, shown } = fakeSession()
    expect(await pushStock(session, [write(0, 7, 10), write(1, 0)], "key")).toEqual([ACCEPTED, ACCEPTED])
    expect(sets(requests)).toHaveLength(1)
    expect(sets(requests)[0]?.input.quantities).toMatchObject([
      { quantity: 7, changeFromQuantity: 10 },
      { quantity: 0, changeFromQuantity: null },
    ])
    expect([shown(0), shown(1)]).toEqual([7, 0])
  })

  it("tells what is shown where somebody was faster, and sends the rest once more under another key", async () => {
    const { session, requests, write, shown, show } = fakeSession()
    show(1, 4)
    const outcomes = await pushStock(session, [write(0, 7, 10), write(1, 9, 10), write(2, 8, 10)], "key")
    expect(outcomes).toEqual([ACCEPTED, { status: "conflict", observed: 4 }, ACCEPTED])
    expect([shown(0), shown(1), shown(2)]).toEqual([7, 4, 8])
    const [first, second] = sets(requests)
    expect(second?.input.quantities).toHaveLength(2)
    expect(second?.key).not.toBe(first?.key)
    expect(sets(requests)).toHaveLength(2)
  })

  it("takes out what Shopify does not know, and what it knows to be a bundle", async () => {
    const products = [
      { sku: "a", quantity: 1 },
      { sku: "b", bundle: true },
      { sku: "c", quantity: 1 },
    ]
    const { session, write, shown } = fakeSession({ products })
    const missing = { ...write(0, 3), externalListingId: "gid://shopify/InventoryItem/1" as ExternalListingId }
    expect(await pushStock(session, [write(0, 5), write(1, 5), missing, write(2, 5)], "key")).toEqual([
      ACCEPTED,
      failed("NON_MUTABLE_INVENTORY_ITEM"),
      { status: "failed", failure: expect.objectContaining({ kind: "not-found" }) },
      ACCEPTED,
    ])
    expect([shown(0), shown(2)]).toEqual([5, 5])
  })

  it("does not send what can only be refused, nor one place twice", async () => {
    const { session, requests, write } = fakeSession()
    const foreign = { ...write(0, 1), externalListingId: "SKU-1" as ExternalListingId }
    const outcomes = await pushStock(session, [write(0, 1), write(0, 2), foreign, write(1, -1)], "key")
    expect(outcomes.map(({ status }) => status)).toEqual(["accepted", "failed", "failed", "failed"])
    expect(sets(requests)[0]?.input.quantities).toHaveLength(1)
  })

  it.each([true, false])(
    "stocks an item at a location that it was not kept at (named by Shopify: %s)",
    async (named) => {
      const products = [
        { sku: "a", quantity: 1 },
        { sku: "new", quantity: null },
      ]
      const options = { api_version: named ? "2026-07" : "2026-10" }
      const { session, write, shown } = fakeSession({ products, names_unstocked: named }, { options })
      expect(await pushStock(session, [write(0, 2), write(1, 6)], "key")).toEqual([ACCEPTED, ACCEPTED])
      expect([shown(0), shown(1)]).toEqual([2, 6])
    }
  )

  it("has one key for one content", () => {
    expect(keyOf("a", "b")).toBe(keyOf("a", "b"))
    expect(keyOf("a", "b")).not.toBe(keyOf("ab"))
    expect(keyOf("a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it("uses the same key again after an answer was lost, and so sets nothing twice", async () => {
    const { fake, session, requests, write, shown, show } = fakeSession()
    fake.change({ chaos: { "lost-answer": 1 } })
    const writes = [write(0, 7, 10)]
    expect(await pushStock(session, writes, "key")).toMatchObject([{ status: "unknown" }])
    fake.change({ chaos: {} })
    show(0, 6)
    // A sale since: the answer is that of the first call, and the sale stays.
    expect(await pushStock(session, writes, "key")).toEqual([ACCEPTED])
    expect(shown(0)).toBe(6)
    expect(new Set(sets(requests).map(({ key }) => key)).size).toBe(1)
  })

  it("takes another key when Shopify says that the first one failed", async () => {
    const { fake, session, requests, write, shown } = fakeSession()
    fake.keys.failNext(2)
    expect(await pushStock(session, [write(0, 7, 10)], "key")).toEqual([ACCEPTED])
    expect(shown(0)).toBe(7)
    expect(new Set(sets(requests).map(({ key }) => key)).size).toBe(3)
  })

  it("gives up for now when every key fails", async () => {
    const { fake, session, write } = fakeSession()
    fake.keys.failNext(9)
    await expect(pushStock(session, [write(0, 7, 10)], "key")).rejects.toMatchObject({ kind: "transient" })
  })

  it("says how long to wait when it is throttled within an answer that calls itself a success", async () => {
    const { fake, session, write, shown } = fakeSession({ points: { capacity: 100, perSecond: 5 } }, { now: () => 0 })
    fake.bucket.take(98)
    await expect(pushStock(session, [write(0, 7, 10)], "key")).rejects.toMatchObject({
      kind: "rate-limited",
      vendorCode: "THROTTLED",
      retryAfterMs: ((10 - 2) / 5) * 1_000,
    })
    expect(shown(0)).toBe(10)
  })

  // In one process every await is a place where a sale may come in between: the schedule says after how many.
  it("never loses a sale between the reading and the writing, in 1,000 schedules", async () => {
    const seen = { conflict: 0, accepted: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 60 }),
        fc.integer({ min: 1, max: 10 }),
        fc.nat({ max: 20 }),
        async (ticks, units, wanted) => {
          const shop = fakeSession({ products: [{ sku: "a", quantity: 10 }] })
          const { write, shown, show } = shop
          const session = { ...shop.session, http: slowly(shop.session.http) }
          const sell = async (): Promise<number> => {
            await pass(ticks)
            const before = shown(0) ?? 0
            show(0, before - units)
            return before
          }
          const [[outcome], before] = await Promise.all([pushStock(session, [write(0, wanted, 10)], "key"), sell()])
          // Sold before the write: it was refused. Sold after it: the sale came on top.
          const isRefused = outcome?.status === "conflict"
          seen[isRefused ? "conflict" : "accepted"] += 1
          expect({ outcome, shown: shown(0) }).toEqual({
            outcome: isRefused ? { status: "conflict", observed: 10 - units } : ACCEPTED,
            shown: before - units,
          })
          expect(before).toBe(isRefused ? 10 : wanted)
        }
      ),
      { numRuns: 1_000 }
    )
    // Both happen, or the schedules show nothing.
    expect(Math.min(seen.conflict, seen.accepted)).toBeGreaterThan(50)
  })
})
