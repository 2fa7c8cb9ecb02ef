import fc from "fast-check"
import { externalKey, planCsv, toCells, type CsvKnowledge, type CsvListing } from "../plan-csv"

const SKUS = new Map([
  ["MUG", "v1"],
  ["TEA", "v2"],
])

const listing = fc
  .record({
    n: fc.nat({ max: 1_000 }),
    variant: fc.option(fc.constantFrom("v1", "v2", "v3")),
    isIgnored: fc.boolean(),
    pack_size: fc.integer({ min: 1, max: 50 }),
    title: fc.string(),
  })
  .map(({ n, variant, isIgnored, ...rest }): CsvListing => ({
    ...rest,
    id: `hlst_${n}`,
    connection_id: "c1",
    channel: "Shop",
    external_id: `L-${n}`,
    external_sku: null,
    external_barcode: null,
    link_state: isIgnored ? "ignored" : variant === null ? "unlinked" : "linked",
    variant_id: variant,
    variant_sku: variant === "v1" ? "MUG" : variant === "v2" ? "TEA" : null,
  }))

const listings = fc.uniqueArray(listing, { selector: ({ id }) => id, maxLength: 20 })

const knowing = (known: readonly CsvListing[]): CsvKnowledge => ({
  listings: new Map(known.map((entry) => [entry.id, entry])),
  byExternalId: new Map(known.map((entry) => [externalKey("c1", entry.external_id), entry])),
  channels: new Map([["Shop", "c1"]]),
  variantsBySku: SKUS,
  variantIds: new Set(["v1", "v2", "v3"]),
})

const one: CsvListing = {
  id: "hlst_1",
  connection_id: "c1",
  channel: "Shop",
  external_id: "L-1",
  external_sku: "mug",
  external_barcode: null,
  title: "Mug",
  link_state: "linked",
  variant_id: "v1",
  variant_sku: "MUG",
  pack_size: 1,
}

const planOne = (cells: Record<string, string>, before = one) =>
  planCsv([{ line: 2, cells: { ...toCells(before), ...cells } }], knowing([before]))

describe("planCsv", () => {
  it("finds nothing to change in what was exported", () => {
    fc.assert(
      fc.property(listings, (known) => {
        const rows = known.map((entry, index) => ({ line: index + 2, cells: toCells(entry) }))
        expect(planCsv(rows, knowing(known))).toEqual({
          edits: [],
          creations: [],
          differences: [],
          problems: [],
          unchangedCount: known.length,
        })
      })
    )
  })

  it("accounts for every row: changed, new, unchanged or wrong", () => {
    fc.assert(
      fc.property(
        listings,
        fc.array(fc.constantFrom("", "MUG", "NOPE")),
        fc.array(fc.constantFrom("1", "0", "x", "7")),
        (known, skus, packs) => {
          const rows = known.map((entry, index) => ({
            line: index + 2,
            cells: { ...toCells(entry), variant_sku: skus[index] ?? "", pack_size: packs[index] ?? "2" },
          }))
          const plan = planCsv(rows, knowing(known))
          const bad = new Set(plan.problems.map(({ line }) => line)).size
          expect(plan.edits.length + plan.creations.length + plan.unchangedCount + bad).toBe(rows.length)
        }
      )
    )
  })

  it.each([
    ["another variant", { variant_sku: "TEA" }, { variant_id: "v2", link_state: "linked", pack_size: 1 }],
    ["a pack", { pack_size: "6" }, { variant_id: "v1", link_state: "linked", pack_size: 6 }],
    ["an emptied variant", { variant_sku: "" }, { variant_id: null, link_state: "unlinked", pack_size: 1 }],
    ["a changed state", { link_state: "unlinked" }, { variant_id: null, link_state: "unlinked", pack_size: 1 }],
    ["ignoring", { link_state: "Ignored" }, { variant_id: "v1", link_state: "ignored", pack_size: 1 }],
  ])("takes %s as meant", (_, cells, expected) => {
    const plan = planOne(cells)
    expect(plan.problems).toEqual([])
    expect(plan.edits).toEqual([{ id: "hlst_1", ...expected }])
  })

  it.each([
    ["an unknown SKU", { variant_sku: "NOPE" }, "variant_sku"],
    ["a pack that is no number", { pack_size: "six" }, "pack_size"],
    ["a pack of 0", { pack_size: "0" }, "pack_size"],
    ["an unknown state", { link_state: "on" }, "link_state"],
    ["a state and a variant that disagree", { link_state: "unlinked", variant_sku: "TEA" }, "link_state"],
    ["an unknown channel", { listing_id: "", channel: "Other" }, "channel"],
    ["a row without an id", { listing_id: "", external_id: "" }, "external_id"],
  ])("refuses %s by line and column", (_, cells, column) => {
    expect(planOne(cells).problems).toMatchObject([{ line: 2, column }])
  })

  it("adds a listing that is not known, and refuses the same one twice", () => {
    const row = { channel: "Shop", external_id: "L-9", variant_sku: "TEA", link_state: "linked", pack_size: "2" }
    const plan = planCsv(
      [
        { line: 2, cells: row },
        { line: 3, cells: row },
      ],
      knowing([])
    )
    expect(plan.creations).toMatchObject([{ externalId: "L-9", variantId: "v2", packSize: 2, title: "L-9" }])
    expect(plan.problems).toMatchObject([{ line: 3, message: "Line 2 is the same listing." }])
  })
})
