import fc from "fast-check"
import { editedPlaces } from "../stock-edit"

describe("which stock levels a request edits", () => {
  it("is the one of the path", () => {
    const params = { id: "iitem_1", location_id: "sloc_1" }
    const wanted = [{ itemId: "iitem_1", locationId: "sloc_1" }]
    expect(editedPlaces({ params, body: { stocked_quantity: 7 } })).toEqual(wanted)
    expect(editedPlaces({ params, body: undefined })).toEqual(wanted)
  })

  it("is the one that is created at an item", () => {
    expect(editedPlaces({ params: { id: "iitem_1" }, body: { location_id: "sloc_2", stocked_quantity: 1 } })).toEqual([
      { itemId: "iitem_1", locationId: "sloc_2" },
    ])
  })

  it("are all of a batch of one item; of deleted levels only the item is known", () => {
    const body = { create: [{ location_id: "a" }], update: [{ location_id: "b" }], delete: ["ilev_1"] }
    expect(editedPlaces({ params: { id: "iitem_1", location_id: "batch" }, body })).toEqual([
      { itemId: "iitem_1", locationId: "a" },
      { itemId: "iitem_1", locationId: "b" },
      { itemId: "iitem_1", locationId: null },
    ])
  })

  it("are all of a batch of many items", () => {
    const body = { update: [{ inventory_item_id: "iitem_1", location_id: "a" }, { location_id: "b" }], delete: ["x"] }
    expect(editedPlaces({ params: {}, body })).toEqual([{ itemId: "iitem_1", locationId: "a" }])
  })

  it("names only places that have names, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.record({
          id: fc.option(fc.string(), { nil: undefined }),
          location_id: fc.option(fc.string(), { nil: undefined }),
        }),
        fc.anything(),
        (params, body) => {
          for (const { itemId, locationId } of editedPlaces({ params, body })) {
            expect(itemId).not.toBe("")
            expect(locationId).not.toBe("")
          }
        }
      )
    )
  })
})
