import { createHash } from "node:crypto"
import fc from "fast-check"
import { deal, generateCatalogue, WAREHOUSES } from "../shop/catalogue"

describe("generateCatalogue", () => {
  const catalogue = generateCatalogue()
  const goods = catalogue.products.filter((product) => product.parts.length === 0)
  const kits = catalogue.products.filter((product) => product.parts.length > 0)
  const known = new Set(goods.map((product) => product.sku))

  it("is the same for everybody, always", () => {
    const hash = createHash("sha256").update(JSON.stringify(catalogue)).digest("hex")
    expect(hash).toBe("92bdde57f923c7e5217a7b0b75ab3c5a5bb327a94f869e735fb9c4d8f847d00d")
    expect(generateCatalogue()).toEqual(catalogue)
  })

  it("has some hundred products, 20 kits and 20 multipacks", () => {
    expect([goods.length > 150 && goods.length < 360, kits.length, catalogue.multipacks.length]).toEqual([true, 20, 20])
  })

  it("uses no SKU twice", () => {
    const skus = [...catalogue.products, ...catalogue.multipacks].map((product) => product.sku)
    expect(new Set(skus).size).toBe(skus.length)
  })

  it("keeps stock of goods in every warehouse and none of kits", () => {
    expect(goods.every((product) => product.stock.length === WAREHOUSES.length)).toBe(true)
    expect(goods.flatMap((product) => product.stock).every((units) => Number.isInteger(units) && units >= 0)).toBe(true)
    expect(kits.flatMap((kit) => kit.stock)).toEqual([])
  })

  it("makes kits of two different products that exist", () => {
    for (const kit of kits) {
      expect(kit.parts.map((part) => part.quantity)).toEqual([2, 1])
      expect(new Set(kit.parts.map((part) => part.sku)).size).toBe(2)
      expect(kit.parts.filter((part) => !known.has(part.sku))).toEqual([])
    }
  })

  it("makes multipacks of products that exist", () => {
    expect(catalogue.multipacks.filter((pack) => !known.has(pack.of) || pack.packSize !== 6)).toEqual([])
  })

  it("writes prices with two decimals", () => {
    expect(catalogue.products.filter((product) => !/^\d+\.\d\d$/.test(product.price))).toEqual([])
  })
})

describe("deal", () => {
  it.each([
    [0, [0, 0, 0]],
    [1, [1, 0, 0]],
    [2, [1, 1, 0]],
    [3, [2, 1, 0]],
    [4, [2, 1, 1]],
    [101, [51, 25, 25]],
  ])("splits %d into %j", (opening, shares) => {
    expect(deal(opening)).toEqual(shares)
  })

  it("loses no unit and leaves most in the first warehouse", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), (opening) => {
        const [first = -1, second = -1, third = -1, ...rest] = deal(opening)
        expect(first + second + third).toBe(opening)
        expect(first >= second && second >= third && third >= 0).toBe(true)
        expect(rest).toEqual([])
      })
    )
  })
})
