import fc from "fast-check"
import { BYTE_ORDER_MARK, detectDelimiter, guardCell, readCsv, unguardCell, writeCsvRow } from "../csv"

/** Cells are read without blanks around them. */
const cell = fc.string({ unit: "grapheme" }).map((text) => text.trim().replaceAll("\0", ""))
const delimiter = fc.constantFrom(",", ";", "\t" as const)

describe("csv", () => {
  it("reads what it wrote, whatever is in the cells and whatever parts them", () => {
    fc.assert(
      fc.property(
        delimiter,
        fc.boolean(),
        fc.array(
          fc.tuple(
            cell,
            cell,
            cell.filter((text) => text !== "")
          ),
          { maxLength: 20 }
        ),
        (parting, hasMark, rows) => {
          const written =
            (hasMark ? BYTE_ORDER_MARK : "") +
            [["a", "b", "c"], ...rows].map((cells) => writeCsvRow(cells, parting)).join("")
          const { records, faults } = readCsv(written)
          expect(faults).toEqual([])
          expect(records.map(({ cells }) => [cells["a"], cells["b"], cells["c"]])).toEqual(rows)
        }
      )
    )
  })

  it("lets no cell begin like a formula, and gives each back as it was", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("=1+1", "'=1", "''-", "@x", "+", "'", "-5")), (text) => {
        expect(guardCell(text)).not.toMatch(/^[=+\-@\t\r]/)
        expect(unguardCell(guardCell(text))).toBe(text)
      })
    )
  })

  it.each([
    ["a;b,c;d", ";"],
    ['"x;y;z",b', ","],
    ["a\tb", "\t"],
    ["alone", ","],
  ])("finds what parts %j", (text, expected) => {
    expect(detectDelimiter(`${text}\nfoot;er;;;;`)).toBe(expected)
  })

  it("tells a bad row by its line and reads those after it", () => {
    const { records, faults } = readCsv('a,b\r\n1,"two\r\nlines"\r\nonly one\r\n5,6\r\n')
    expect(records).toEqual([
      { line: 2, cells: { a: "1", b: "two\r\nlines" } },
      { line: 5, cells: { a: "5", b: "6" } },
    ])
    expect(faults).toEqual([{ line: 4, message: "The row has 1 cells, the header 2." }])
  })

  it("keeps a stray quote in its cell instead of losing the rows up to the next one", () => {
    expect(readCsv('a,b\n1,"bad"q\n2,3\n').records.map(({ cells }) => cells["a"])).toEqual(["1", "2"])
  })

  it("tells that a quote was never closed", () => {
    expect(readCsv('a,b\n1,2\n3,"open\n').faults).toHaveLength(1)
  })
})
