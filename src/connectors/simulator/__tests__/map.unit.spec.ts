import { mayBeApplied, toHubFailure, toObservations, toOutcomes } from "../map"
import { keyOf, writeOf } from "./simulator-calls"

const ok = (listing_id: string): { listing_id: string; location_id: string; status: "ok" } => ({
  listing_id,
  location_id: "main",
  status: "ok",
})

const unknown = (id: string): object => ({
  status: "unknown",
  message: `The channel gave no result for listing ${id}.`,
})

describe("results that do not fit the writes", () => {
  const writes = [writeOf("A", 1), writeOf("B", 2)]

  it("are unknown where one is missing", () => {
    expect(toOutcomes(writes, [ok("A")])).toEqual([{ status: "accepted" }, unknown("B")])
  })

  it("are unknown where they are about something else", () => {
    expect(toOutcomes(writes, [ok("B"), ok("A")])).toEqual([unknown("A"), unknown("B")])
    expect(toOutcomes(writes, [{ ...ok("A"), location_id: "shop" }, ok("B")])).toEqual([
      unknown("A"),
      { status: "accepted" },
    ])
  })

  it("are cut down where there are too many", () => {
    expect(toOutcomes(writes, [ok("A"), ok("B"), ok("C")])).toHaveLength(2)
  })
})

describe("quantities that do not fit the keys", () => {
  it("are unknown, never zero", () => {
    const answered = [{ listing_id: "B", location_id: "main", quantity: 5 }]
    expect(toObservations([keyOf("A"), keyOf("B")], answered)).toEqual([
      { ...keyOf("A"), quantity: null },
      { ...keyOf("B"), quantity: null },
    ])
  })
})

describe("what a status means", () => {
  const kindOf = (status: number): string | undefined =>
    toHubFailure({ status, headers: {}, body: null }, "Doing it")?.kind

  it.each([
    [200, undefined],
    [204, undefined],
    [301, "invalid-data"],
    [400, "invalid-data"],
    [401, "auth"],
    [403, "auth"],
    [404, "not-found"],
    [409, "conflict"],
    [422, "invalid-data"],
    [429, "rate-limited"],
    [500, "transient"],
    [503, "transient"],
  ])("%d is %s", (status, kind) => expect(kindOf(status)).toBe(kind))

  it.each([
    ["the wait that the channel asks for", { retryAfterMs: 40 }, 40],
    ["a second, when the channel says nothing", {}, 1_000],
    ["a second, when the channel says none", { retryAfterMs: 0 }, 1_000],
  ])("takes %s from a 429", (_name, answer, retryAfterMs) => {
    expect(toHubFailure({ status: 429, headers: {}, body: null, ...answer }, "Doing it")).toMatchObject({
      retryAfterMs,
    })
  })

  it("repeats the channel's words, but not all of a long answer", () => {
    const failure = toHubFailure({ status: 422, headers: {}, body: { error: "x".repeat(5_000) } }, "Doing it")
    expect(failure?.message).toMatch(/^Doing it: the simulator answered 422\. x{300}$/)
  })

  it("leaves open what a broken write has done, unless it was turned away at the door", () => {
    expect([500, 502, 504, 503, 429, 200].map(mayBeApplied)).toEqual([true, true, true, false, false, false])
  })
})
