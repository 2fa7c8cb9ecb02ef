import fc from "fast-check"
import { LONGEST_WAIT_MS, readLimitHeaders, readRetryAfter } from "../retry-after"

const NOW = Date.parse("2026-11-21T12:00:00Z")

describe("how long the channel asks us to wait", () => {
  it.each([
    ["whole seconds", { "retry-after": "120" }, 120_000],
    ["parts of a second", { "retry-after": "1.5" }, 1_500],
    ["nothing", { "retry-after": "0" }, 0],
    ["a date", { "retry-after": "Sat, 21 Nov 2026 12:00:30 GMT" }, 30_000],
    ["a date that has passed", { "retry-after": "Sat, 21 Nov 2026 11:00:00 GMT" }, 0],
    [
      "a date by a clock that is an hour ahead",
      { "retry-after": "Sat, 21 Nov 2026 13:00:30 GMT", date: "Sat, 21 Nov 2026 13:00:00 GMT" },
      30_000,
    ],
    ["a moment in seconds since 1970", { "retry-after": String(NOW / 1_000 + 10) }, 10_000],
    ["milliseconds, which are more exact", { "retry-after": "3", "retry-after-ms": "40" }, 40],
    ["years", { "retry-after": "999999999" }, LONGEST_WAIT_MS],
    ["a date in the next century", { "retry-after": "Sat, 21 Nov 2126 12:00:00 GMT" }, LONGEST_WAIT_MS],
    ["spaces around it", { "retry-after": " 2 " }, 2_000],
  ])("can be %s", (_name, headers, waitMs) => {
    expect(readRetryAfter(headers, NOW)).toBe(waitMs)
  })

  it.each([{}, { "retry-after": "" }, { "retry-after": "soon" }, { "retry-after": "-5x" }, { "retry-after": "1e9" }])(
    "is not said by %j",
    (headers) => {
      expect(readRetryAfter(headers, NOW)).toBeUndefined()
    }
  )

  it("is never negative, endless or more than a day, whatever the header holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.date().map(String)), (text) => {
        const waitMs = readRetryAfter({ "retry-after": text, date: text }, NOW) ?? 0
        expect(waitMs).toBeGreaterThanOrEqual(0)
        expect(waitMs).toBeLessThanOrEqual(LONGEST_WAIT_MS)
      })
    )
  })
})

describe("headers about a limit", () => {
  it.each([
    [
      { "ratelimit-remaining": "7", "ratelimit-reset": "30" },
      { remaining: 7, resetMs: 30_000 },
    ],
    [
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1_000 + 5) },
      { remaining: 0, resetMs: 5_000 },
    ],
    [{ "x-ratelimit-remaining": "7" }, null],
    [{ "ratelimit-remaining": "many", "ratelimit-reset": "30" }, null],
    [{}, null],
  ])("%j", (headers, expected) => {
    expect(readLimitHeaders(headers, NOW)).toEqual(expected)
  })
})
