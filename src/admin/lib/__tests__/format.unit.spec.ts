import { formatAbsolute, formatAge, formatCount, formatDuration, formatShare, secondsSince } from "../format"

describe("formatAge", () => {
  it.each([
    ["nothing", 0, "0 s"],
    ["a clock that is ahead", -3, "0 s"],
    ["less than a second", 0.9, "0 s"],
    ["seconds", 12.7, "12 s"],
    ["the last second before a minute", 59.99, "59 s"],
    ["a minute", 60, "1 min"],
    ["minutes, rounded down", 239, "3 min"],
    ["the last minute before an hour", 3_599, "59 min"],
    ["hours", 7_200, "2 h"],
    ["days", 200_000, "2 d"],
    ["many days", 100_000_000, "1,157 d"],
  ])("tells %s", (_, seconds, expected) => {
    expect(formatAge(seconds)).toBe(expected)
  })
})

describe("formatDuration", () => {
  it.each([
    ["milliseconds", 240.4, "240 ms"],
    ["what rounds up to a second", 999.6, "1.0 s"],
    ["tenths of seconds", 1_234, "1.2 s"],
    ["never ten seconds with a tenth", 9_960, "9 s"],
    ["whole seconds", 12_900, "12 s"],
    ["minutes", 185_000, "3 min"],
  ])("tells %s", (_, milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected)
  })
})

describe("formatCount", () => {
  it("separates thousands and uses the minus sign that is as wide as a digit", () => {
    expect([formatCount(1_204), formatCount(-1_204)]).toEqual(["1,204", "−1,204"])
  })
})

describe("secondsSince", () => {
  const now = Date.parse("2026-03-01T12:00:00Z")

  it("counts across time zones", () => {
    expect(secondsSince("2026-03-01T13:59:30+02:00", now)).toBe(30)
  })

  it("gives 0 for a time that is still to come, as clocks disagree", () => {
    expect(secondsSince("2026-03-01T12:00:05Z", now)).toBe(0)
  })

  it("gives null for what is no time", () => {
    expect(secondsSince("soon", now)).toBeNull()
  })
})

describe("formatAbsolute", () => {
  it("leaves alone what is no time", () => {
    expect(formatAbsolute("soon")).toBe("soon")
  })

  it("tells the year and the second", () => {
    const text = formatAbsolute("2026-03-01T12:00:07Z")
    expect(text).toContain("2026")
    expect(text).toContain("07")
  })
})

describe("formatShare", () => {
  it.each([
    ["all", 1, "100 %"],
    ["nothing", 0, "0 %"],
    ["nearly all, never as all", 0.999_95, "99.9 %"],
    ["a part, rounded down", 0.9337, "93.3 %"],
  ])("tells %s", (_, share, expected) => {
    expect(formatShare(share)).toBe(expected)
  })
})
