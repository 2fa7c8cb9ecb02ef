import fc from "fast-check"
import { isGtin, normaliseSku, titleLikeness } from "../normalise"
import { LEAD, scoreCandidate, suggest, type ListingTraits, type VariantTraits } from "../score-candidate"

const word = fc.constantFrom("oak", "mug", "tea", "set", "blue", "large")
const title = fc.array(word, { maxLength: 4 }).map((words) => words.join(" "))
const sku = fc.constantFrom("OAK-MUG", "oakmug", "TEA 1", "tea-1", "X", "x-", "SET")
const barcode = fc.constantFrom("4006381333931", "04006381333931", "12345", "00012345")

const listing: fc.Arbitrary<ListingTraits> = fc.record({
  sku: fc.option(sku),
  barcode: fc.option(barcode),
  title,
})
const variants: fc.Arbitrary<VariantTraits[]> = fc.uniqueArray(
  fc.record({
    variantId: fc.constantFrom("v1", "v2", "v3", "v4", "v5", "v6", "v7"),
    sku: fc.option(sku),
    barcodes: fc.array(barcode, { maxLength: 2 }),
    title,
  }),
  { selector: ({ variantId }) => variantId }
)

describe("suggest", () => {
  it("scores from 0 to 100, best first, each with evidence, at most five", () => {
    fc.assert(
      fc.property(listing, variants, (wanted, known) => {
        const { candidates, score } = suggest(wanted, known)
        expect(candidates.length).toBeLessThanOrEqual(5)
        expect(score).toBe(candidates[0]?.score ?? null)
        for (const [index, candidate] of candidates.entries()) {
          expect(candidate.score).toBeGreaterThan(0)
          expect(candidate.score).toBeLessThanOrEqual(candidates[index - 1]?.score ?? 100)
          expect(candidate.evidence.length).toBeGreaterThan(0)
        }
      })
    )
  })

  it("does not depend on the order of the variants", () => {
    fc.assert(
      fc.property(listing, variants, (wanted, known) => {
        expect(suggest(wanted, [...known].reverse())).toEqual(suggest(wanted, known))
      })
    )
  })

  it("offers a variant for acceptance only where it clearly leads", () => {
    fc.assert(
      fc.property(listing, variants, (wanted, known) => {
        const { candidates, variantId } = suggest(wanted, known)
        const [best, second] = candidates
        const leads = best !== undefined && best.score - (second?.score ?? 0) >= LEAD
        expect(variantId).toBe(leads ? best.variant_id : null)
      })
    )
  })

  it("scores 100 for an equal SKU and for nothing else", () => {
    fc.assert(
      fc.property(listing, variants, (wanted, known) => {
        for (const variant of known) {
          const score = scoreCandidate(wanted, variant)?.score ?? 0
          expect(score === 100).toBe(wanted.sku !== null && wanted.sku === variant.sku)
        }
      })
    )
  })

  it("never suggests what was rejected", () => {
    fc.assert(
      fc.property(listing, variants, (wanted, known) => {
        const rejected = known.slice(0, 2).map(({ variantId }) => variantId)
        const { candidates } = suggest(wanted, known, rejected)
        expect(candidates.filter(({ variant_id }) => rejected.includes(variant_id))).toEqual([])
      })
    )
  })

  it.each([
    ["equal SKU", { sku: "MUG" }, 100],
    ["barcode with a check digit that is right", { barcode: "4006381333931" }, 95],
    ["the same barcode with leading zeros", { barcode: "04006381333931" }, 95],
    ["SKU in other case and without dashes", { sku: "m u-g 1" }, 85],
    ["all words of the title", { title: "Oak Mug" }, 70],
    ["half of the words", { title: "mug blue" }, 35],
    ["a third of the words", { title: "mug blue large" }, null],
  ])("weighs %s", (_, traits, expected) => {
    const variant = { variantId: "v", barcodes: ["4006381333931"], title: "Oak mug" }
    const skuOf = traits.sku === "MUG" ? "MUG" : "MUG1"
    const wanted = { sku: null, barcode: null, title: "?", ...traits }
    expect(scoreCandidate(wanted, { ...variant, sku: skuOf })?.score ?? null).toBe(expected)
  })
})

describe("normalise", () => {
  it("takes case and marks away, once and for all", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(normaliseSku(text)).toMatch(/^[a-z0-9]*$/)
        expect(normaliseSku(normaliseSku(text))).toBe(normaliseSku(text))
      })
    )
  })

  it("says that titles are alike both ways, 1 for the same words and 0 for none", () => {
    fc.assert(
      fc.property(title, title, (left, right) => {
        expect(titleLikeness(left, right)).toBe(titleLikeness(right, left))
      })
    )
    expect(titleLikeness("Oak-Mug", "mug OAK")).toBe(1)
    expect(titleLikeness("", "")).toBe(0)
  })

  it.each([
    ["4006381333931", true],
    ["4006381333932", false],
    ["96385074", true],
    ["12345", false],
  ])("knows whether %s is a GTIN", (text, expected) => {
    expect(isGtin(text)).toBe(expected)
  })
})
