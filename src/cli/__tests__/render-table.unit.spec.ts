import { renderTable } from "../render-table"

describe("renderTable", () => {
  it("sets names to the left and figures to the right, as wide as the widest", () => {
    expect(
      renderTable(
        ["Channel", "Pending", "Oldest"],
        [
          ["Web", "12", "3 s"],
          ["A marketplace", "1234567890", ""],
        ]
      )
    ).toBe(
      [
        "Channel           Pending  Oldest",
        "─────────────  ──────────  ──────",
        "Web                    12     3 s",
        "A marketplace  1234567890",
      ].join("\n")
    )
  })

  it("draws the head when there are no rows, and blanks for cells that are missing", () => {
    expect(renderTable(["a", "bb"], [])).toBe("a  bb\n─  ──")
    expect(renderTable(["a", "bb"], [["x"]])).toBe("a  bb\n─  ──\nx")
  })
})
