import { readFileSync } from "node:fs"
import { join } from "node:path"
import { AREAS } from "../promises/promises"
import { renderPromises } from "../promises/render"

describe("docs/promises.md", () => {
  it("is what `npm run promises` writes", () => {
    expect(readFileSync(join(__dirname, "../../docs/promises.md"), "utf8")).toBe(renderPromises())
  })

  it("refuses a promise whose test does not exist", () => {
    const file = "simulation/__tests__/promises.unit.spec.ts"
    const promise = { words: "Everything is fine.", provenBy: [{ file, title: "no such test" }], control: [] }
    expect(() => renderPromises([{ title: "Wishes", promises: [promise] }])).toThrow('no test "no such test"')
  })

  it("says of every promise who proves it", () => {
    const promises = AREAS.flatMap((area) => area.promises)
    expect(promises.filter(({ provenBy }) => provenBy.length === 0)).toEqual([])
    expect(promises.length).toBeGreaterThan(20)
  })
})
