import fc from "fast-check"
import { amountOf } from "../../../lib/quantity"
import { exclusiveCeiling, exposureAfterConfirmation, raiseExposure } from "../exposure"
import { newLaneRow, type LaneRow } from "../lane-row"

const row = (fields: Partial<LaneRow>): LaneRow => ({ ...newLaneRow("a", 0), ...fields })
const part = (required: number, available: number, elsewhere: number) => ({
  required: amountOf(required),
  available: amountOf(available),
  exposedElsewhere: amountOf(elsewhere),
})

describe("what an exclusive listing may be given", () => {
  it.each([
    ["all of it when nobody else shows any", [part(1, 6, 0)], 6],
    ["what others do not show", [part(1, 6, 4)], 2],
    ["nothing when others show more than there is", [part(1, 6, 9)], 0],
    ["whole kits of the scarcest part", [part(2, 9, 0), part(1, 7, 4)], 3],
    ["nothing without parts", [], 0],
  ])("is %s", (_name, parts, units) => {
    expect(exclusiveCeiling(parts)).toBe(units)
  })

  it("never lets all together be given more than there is, in whatever order they ask", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 50 }),
        fc.array(fc.record({ required: fc.integer({ min: 1, max: 4 }), wanted: fc.nat({ max: 50 }) }), {
          maxLength: 8,
        }),
        (available, listings) => {
          const given: number[] = []
          for (const { required, wanted } of listings) {
            const elsewhere = given.reduce((sum, units) => sum + units, 0)
            given.push(Math.min(wanted, exclusiveCeiling([part(required, available, elsewhere)])) * required)
          }
          expect(given.reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(available)
        }
      ),
      { numRuns: 10_000 }
    )
  })
})

describe("what may be live", () => {
  it("rises before a number is sent, and never falls by that", () => {
    expect(raiseExposure(row({ exposed: 4, acked: 4 }), 9).exposed).toBe(9)
    expect(raiseExposure(row({ exposed: 4, acked: 4 }), 2).exposed).toBe(4)
    expect(raiseExposure(row({ exposed: null, acked: 6 }), 2).exposed).toBe(6)
  })

  it("falls only when the confirmation proves it", () => {
    expect(exposureAfterConfirmation(row({ exposed: 9, acked: 2 }), 2)).toBe(2)
    // A write without an answer may still arrive.
    expect(exposureAfterConfirmation(row({ exposed: 9, acked: 2, recheckAt: 50 }), 2)).toBe(9)
    // The channel sold meanwhile, so what it shows is unknown.
    expect(exposureAfterConfirmation(row({ exposed: 9, acked: null }), 2)).toBe(9)
    expect(exposureAfterConfirmation(row({ exposed: null, acked: null }), 2)).toBe(2)
  })
})
