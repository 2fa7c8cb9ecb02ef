import fc from "fast-check"
import { backoffMs } from "../backoff"

const ALMOST_ONE = 1 - Number.EPSILON / 2

describe("backoff", () => {
  it.each([
    [1, 250],
    [2, 1_000],
    [3, 2_000],
    [10, 256_000],
    [11, 300_000],
    [1_000_000, 300_000],
  ])("waits at most as long as it should after %i failures", (attempts, most) => {
    // After one failure the ceiling is 2 × 250 ms, and it doubles until it reaches five minutes.
    expect(backoffMs(attempts, ALMOST_ONE)).toBe(attempts === 1 ? 500 : most)
  })

  it("spreads from an eighth of a second to the ceiling", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: ALMOST_ONE, noNaN: true }),
        (attempts, random) => {
          const wait = backoffMs(attempts, random)
          expect(Number.isSafeInteger(wait)).toBe(true)
          expect(wait).toBeGreaterThanOrEqual(backoffMs(attempts, 0))
          expect(wait).toBeLessThanOrEqual(backoffMs(attempts, ALMOST_ONE))
          expect(backoffMs(attempts + 1, random)).toBeGreaterThanOrEqual(wait)
        }
      )
    )
    expect(backoffMs(50, 0)).toBe(125)
  })
})
