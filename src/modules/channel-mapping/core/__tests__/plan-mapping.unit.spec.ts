import fc from "fast-check"
import { imageOf, planMapping, type MappingAction, type MappingSubject } from "../plan-mapping"

const subject: fc.Arbitrary<MappingSubject> = fc
  .record({
    id: fc.constant("l"),
    connection_id: fc.constant("c"),
    mapping_version: fc.nat(),
    variant: fc.option(fc.constantFrom("v1", "v2")),
    isIgnored: fc.boolean(),
    pack_size: fc.integer({ min: 1, max: 9 }),
    link_evidence: fc.option(fc.constantFrom("sku", "person")),
    link_score: fc.option(fc.integer({ min: 0, max: 100 })),
    suggestion: fc.option(fc.record({ leads: fc.boolean(), score: fc.integer({ min: 1, max: 100 }) })),
  })
  .map(({ variant, isIgnored, suggestion, ...rest }) => ({
    ...rest,
    variant_id: variant,
    link_state: isIgnored ? "ignored" : variant === null ? "unlinked" : "linked",
    rejected_variant_ids: [],
    is_deleted: false,
    suggested_variant_id: suggestion?.leads === true ? "v9" : null,
    suggestion_score: suggestion?.score ?? null,
    suggestions: suggestion === null ? [] : [{ variant_id: "v9", score: suggestion.score, evidence: [] }],
  }))

const action: fc.Arbitrary<MappingAction> = fc.oneof(
  fc.record({ kind: fc.constant("link" as const), variantId: fc.constantFrom("v1", "v3") }),
  fc.record({ kind: fc.constantFrom("unlink" as const, "ignore" as const, "unignore" as const, "reject" as const) }),
  fc.record({ kind: fc.constant("pack" as const), packSize: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant("accept" as const), minScore: fc.integer({ min: 0, max: 100 }) })
)

describe("planMapping", () => {
  it("changes nothing when it is done twice", () => {
    fc.assert(
      fc.property(action, subject, (wanted, listing) => {
        const plan = planMapping(wanted, listing)
        if ("after" in plan) {
          expect(planMapping(wanted, { ...listing, ...plan.after })).toHaveProperty("skip")
        }
      })
    )
  })

  it("links exactly what has a variant", () => {
    fc.assert(
      fc.property(action, subject, (wanted, listing) => {
        const plan = planMapping(wanted, listing)
        const after = "after" in plan ? plan.after : listing
        if (after.link_state !== "ignored") {
          expect(after.link_state === "linked").toBe(after.variant_id !== null)
        }
        expect(after.pack_size).toBeGreaterThanOrEqual(1)
      })
    )
  })

  it("accepts only what clearly leads, with at least the score that was asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), subject, (minScore, listing) => {
        const isTaken = "after" in planMapping({ kind: "accept", minScore }, listing)
        expect(isTaken).toBe(
          listing.link_state === "unlinked" &&
            listing.suggested_variant_id !== null &&
            (listing.suggestion_score ?? -1) >= minScore
        )
      })
    )
  })

  it("gives an ignored listing back as it was", () => {
    fc.assert(
      fc.property(
        subject.filter(({ link_state }) => link_state !== "ignored"),
        (listing) => {
          const ignored = planMapping({ kind: "ignore" }, listing)
          const taken = "after" in ignored ? planMapping({ kind: "unignore" }, { ...listing, ...ignored.after }) : null
          expect(taken).toEqual({ after: imageOf(listing) })
        }
      )
    )
  })
})
