import fc from "fast-check"
import { planParcels, type FulfilledLine, type FulfilmentFacts } from "../plan-parcels"

const fulfilled = (over: Partial<FulfilledLine> = {}): FulfilledLine => ({
  externalLineId: "L1",
  externalLocationId: "north",
  packSize: 1,
  pieces: 2,
  piecesBefore: 0,
  unitsBefore: 0,
  ...over,
})

const facts = (over: Partial<FulfilmentFacts> = {}): FulfilmentFacts => ({
  lines: [fulfilled()],
  externalLocationIds: [],
  labels: [{ number: "T-1", url: null }],
  carriers: ["manual_manual"],
  ...over,
})

describe("the parcels of a fulfilment", () => {
  it("tell the lines in the channel's units, with the carrier in the channel's words", () => {
    expect(planParcels(facts(), { carriers: { manual_manual: "DHL Express" } })).toEqual([
      {
        externalLocationId: "north",
        content: {
          lines: [{ externalLineId: "L1", quantity: 2 }],
          tracking: [{ number: "T-1", url: null, carrier: "DHL Express" }],
          pieces: { L1: 2 },
        },
      },
    ])
  })

  it("name no carrier that nobody has translated, and the most particular one first", () => {
    expect(planParcels(facts(), {})[0]?.content.tracking).toEqual([{ number: "T-1", url: null, carrier: null }])
    const rules = { carriers: { manual_manual: "Other", dhl: "DHL" } }
    const [parcel] = planParcels(facts({ carriers: ["dhl", "manual_manual"] }), rules)
    expect(parcel?.content.tracking[0]?.carrier).toBe("DHL")
  })

  it("are one for each place of the channel, because it takes no parcel from two", () => {
    const lines = [
      fulfilled({ externalLineId: "a", externalLocationId: "south" }),
      fulfilled({ externalLineId: "b", externalLocationId: "north" }),
      fulfilled({ externalLineId: "c", externalLocationId: "south" }),
    ]
    const parcels = planParcels(facts({ lines, externalLocationIds: ["north", "south"] }), {})
    expect(
      parcels.map((parcel) => [parcel.externalLocationId, parcel.content.lines.map((one) => one.externalLineId)])
    ).toEqual([
      ["north", ["b"]],
      ["south", ["a", "c"]],
    ])
  })

  it("leave from the place that was used when it does not feed the line's own", () => {
    const [parcel] = planParcels(facts({ externalLocationIds: ["south"] }), {})
    expect(parcel?.externalLocationId).toBe("south")
  })

  it("say nothing of half a pack, and the whole pack with its last piece", () => {
    const half = planParcels(facts({ lines: [fulfilled({ packSize: 6, pieces: 4 })] }), {})
    expect(half[0]?.content).toMatchObject({ lines: [], pieces: { L1: 4 } })
    const rest = planParcels(facts({ lines: [fulfilled({ packSize: 6, pieces: 2, piecesBefore: 4 })] }), {})
    expect(rest[0]?.content.lines).toEqual([{ externalLineId: "L1", quantity: 1 }])
  })

  it("tell every whole pack exactly once, however its pieces are spread over parcels", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }),
        (packSize, parcels) => {
          let [piecesBefore, unitsBefore] = [0, 0]
          for (const pieces of parcels) {
            const lines = [fulfilled({ packSize, pieces, piecesBefore, unitsBefore })]
            const [parcel] = planParcels(facts({ lines }), {})
            unitsBefore += parcel?.content.lines[0]?.quantity ?? 0
            piecesBefore += pieces
            expect(unitsBefore).toBe(Math.floor(piecesBefore / packSize))
          }
        }
      )
    )
  })
})
