import { parseCarriers, writeCarriers } from "../parse-carriers"

describe("carriers", () => {
  it("are read line by line, and written as they were read", () => {
    const parsed = parseCarriers("manual_manual = DHL Express\n\n  ups=UPS = fast ")
    expect(parsed).toEqual({ isOk: true, value: { manual_manual: "DHL Express", ups: "UPS = fast" } })
    expect(parsed.isOk && parseCarriers(writeCarriers(parsed.value))).toEqual(parsed)
  })

  it.each(["DHL", "= DHL", "manual ="])("name the line that cannot be read: %s", (line) => {
    expect(parseCarriers(`a = b\n${line}`)).toEqual({ isOk: false, line })
  })
})
