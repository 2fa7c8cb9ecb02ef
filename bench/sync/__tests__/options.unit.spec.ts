import { parseBenchOptions, UsageError } from "../options"

describe("bench:sync, its options", () => {
  it("looks at 10,000 and at 100,000 listings on four channels unless told otherwise", () => {
    expect(parseBenchOptions([])).toMatchObject({
      listings: 10_000,
      manyListings: 100_000,
      channels: 4,
      changes: 40_000,
      streamChanges: 10_000,
      naiveChanges: 2_000,
      rate: 250,
      seed: 1,
      jsonFile: null,
    })
  })

  it("is quick when asked, and leaves the second look at memory out", () => {
    expect(parseBenchOptions(["--scale", "quick"])).toMatchObject({
      listings: 1_000,
      changes: 4_000,
      manyListings: null,
    })
  })

  it("never gives the naive subscriber more than there is", () => {
    expect(parseBenchOptions(["--stream-changes", "10", "--naive-changes", "99"])?.naiveChanges).toBe(10)
  })

  it.each([[["--listings", "none"]], [["--changes", "0"]], [["--scale", "huge"]], [["--speed", "9"]]])(
    "says what is wrong with %p",
    (args) => {
      expect(() => parseBenchOptions(args)).toThrow(UsageError)
    }
  )

  it("helps", () => {
    expect(parseBenchOptions(["--help"])).toBeNull()
  })
})
