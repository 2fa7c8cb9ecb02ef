import fc from "fast-check"
import { closingOf, headOf, planStream } from "../plan-stream"

const arbitrarySize = fc.record({
  skus: fc.integer({ min: 1, max: 300 }),
  changes: fc.integer({ min: 1, max: 500 }),
  seed: fc.nat(),
})

describe("the stream", () => {
  it("has as many changes as were asked for, each SKU once a transaction, and never sells what is not there", () => {
    fc.assert(
      fc.property(arbitrarySize, (size) => {
        const stream = planStream(size)
        const onHand = [...stream.opening]
        const wrong = stream.transactions.filter((transaction) => {
          const isRepeated = new Set(transaction.map(({ sku }) => sku)).size < transaction.length
          transaction.forEach(({ sku, delta }) => (onHand[sku]! += delta))
          return isRepeated || transaction.some(({ sku, delta }) => delta === 0 || onHand[sku]! < 0)
        })
        expect(wrong).toEqual([])
        expect(stream.transactions.flat()).toHaveLength(size.changes)
        expect(stream.changes).toBe(size.changes)
        expect(closingOf(stream)).toEqual(onHand)
      })
    )
  })

  it("is the same for the same seed and another one for another", () => {
    const size = { skus: 100, changes: 200 }
    expect(planStream({ ...size, seed: 3 })).toEqual(planStream({ ...size, seed: 3 }))
    expect(planStream({ ...size, seed: 3 })).not.toEqual(planStream({ ...size, seed: 4 }))
  })

  it("has sales and restocks, small baskets and large deliveries", () => {
    const moves = planStream({ skus: 1_000, changes: 20_000, seed: 1 })
    const sales = moves.transactions.flat().filter(({ delta }) => delta < 0).length
    expect(sales / moves.changes).toBeGreaterThan(0.3)
    expect(sales / moves.changes).toBeLessThan(0.9)
    expect(moves.transactions.some((transaction) => transaction.length === 1)).toBe(true)
    expect(moves.transactions.some((transaction) => transaction.length >= 30)).toBe(true)
  })

  it("has a head that is its beginning", () => {
    fc.assert(
      fc.property(arbitrarySize, fc.integer({ min: 1, max: 500 }), (size, changes) => {
        const stream = planStream(size)
        const head = headOf(stream, changes)
        expect(stream.transactions.slice(0, head.transactions.length)).toEqual(head.transactions)
        expect(head.changes).toBe(head.transactions.flat().length)
        expect(head.changes).toBeGreaterThanOrEqual(Math.min(changes, stream.changes))
        expect(head.changes - (head.transactions.at(-1)?.length ?? 0)).toBeLessThan(changes)
      })
    )
  })
})
