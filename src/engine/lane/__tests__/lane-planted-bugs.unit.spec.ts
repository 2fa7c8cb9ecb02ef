import fc from "fast-check"
import { arbitraryInterleaving, run } from "./interleaving"
import { Violation } from "./lane-phases"
import { PLANTED_BUGS } from "./planted-bugs"

describe("the interleavings find it when", () => {
  it.each(Object.entries(PLANTED_BUGS))("%s", (_name, planted) => {
    const outcome = fc.check(
      fc.property(arbitraryInterleaving, (interleaving) => {
        run(interleaving, planted)
      }),
      { numRuns: 30_000, seed: 3, endOnFailure: true }
    )
    expect(outcome.errorInstance).toBeInstanceOf(Violation)
  })
})
