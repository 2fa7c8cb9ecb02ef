import { spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { UsageError } from "../../options"
import { readTransactions, type TransactionLine } from "../read-transactions"

const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
const MUG = "536365,85123A,WHITE MUG,6,2011-10-02 10:32:00,2.55,17850,France"
const LAMP = "536366,71053,LAMP,-2,2011-10-02 11:00:00,3.39,,Norway"

const folder = mkdtempSync(join(tmpdir(), "hub-transactions-"))
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(content: string | Buffer): string {
  const file = join(folder, randomBytes(6).toString("hex"))
  writeFileSync(file, content)
  return file
}

const csv = (...lines: string[]): string => `${lines.join("\n")}\n`

async function read(file: string, limit: number | null = null): Promise<TransactionLine[]> {
  const lines: TransactionLine[] = []
  for await (const line of readTransactions(file, limit)) {
    lines.push(line)
  }
  return lines
}

async function refusal(file: string, limit: number | null = null): Promise<string> {
  try {
    await read(file, limit)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as UsageError).message
  }
  throw new Error("The file was read without a word.")
}

/** The mug's line with some fields changed. */
function mug(changes: Readonly<Record<string, string>>): string {
  const names = HEADER.split(",")
  const fields = MUG.split(",").map((field, index) => changes[names[index] ?? ""] ?? field)
  return fields.join(",")
}

describe("reading a log", () => {
  const wanted = [
    {
      line: 2,
      invoice: "536365",
      sku: "85123A",
      description: "WHITE MUG",
      quantity: 6,
      unitPrice: "2.55",
      at: new Date("2011-10-02T10:32:00Z"),
    },
    {
      line: 3,
      invoice: "536366",
      sku: "71053",
      description: "LAMP",
      quantity: -2,
      unitPrice: "3.39",
      at: new Date("2011-10-02T11:00:00Z"),
    },
  ]
  const plain = csv(HEADER, MUG, LAMP)

  it.each<[string, string | Buffer]>([
    ["a plain file", plain],
    ["a gzipped file, whatever its name", gzipSync(plain)],
    ["a gzipped file of several members", Buffer.concat([gzipSync(csv(HEADER, MUG)), gzipSync(csv(LAMP))])],
    ["a file with a byte order mark", `\uFEFF${plain}`],
    ["a gzipped file with a byte order mark", gzipSync(`\uFEFF${plain}`)],
    ["lines that end as on Windows", plain.replaceAll("\n", "\r\n")],
    ["a last line without an end", plain.trimEnd()],
  ])("reads %s", async (_what, content) => {
    expect(await read(fileWith(content))).toEqual(wanted)
  })

  it("finds the columns by name, wherever they stand and whatever stands beside them", async () => {
    const file = fileWith(
      csv(
        "Extra,Country,CustomerID,UnitPrice,InvoiceDate,Quantity,Description,StockCode,InvoiceNo",
        "x,France,17850,2.55,2011-10-02 10:32:00,6,WHITE MUG,85123A,536365"
      )
    )
    expect(await read(file)).toEqual(wanted.slice(0, 1))
  })

  it("keeps commas, quotes and line breaks inside quotes together", async () => {
    const file = fileWith(csv(HEADER, mug({ Description: '"SET OF 3, ""RETRO""\nTINS"' }), LAMP))
    expect((await read(file)).map((line) => line.description)).toEqual(['SET OF 3, "RETRO"\nTINS', "LAMP"])
  })

  it("calls goods without a description by their code", async () => {
    expect((await read(fileWith(csv(HEADER, mug({ Description: "  " })))))[0]?.description).toBe("85123A")
  })

  it("keeps the case of codes and the text of prices", async () => {
    const [line] = await read(fileWith(csv(HEADER, mug({ StockCode: "85123a", UnitPrice: "2.50" }))))
    expect([line?.sku, line?.unitPrice]).toEqual(["85123a", "2.50"])
  })

  it("takes no notice of the time zone of the machine", () => {
    const file = fileWith(csv(HEADER, mug({ InvoiceDate: "2011-07-02 00:30:00" })))
    const code = `require(${JSON.stringify(join(__dirname, "../read-transactions"))})
      .readTransactions(${JSON.stringify(file)}, null).next()
      .then(({ value }) => process.stdout.write(value.at.toISOString()))`
    const { stdout } = spawnSync(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", code], {
      cwd: join(__dirname, "../../../.."),
      env: { ...process.env, TZ: "Asia/Tokyo" },
      encoding: "utf8",
    })
    expect(stdout).toBe("2011-07-02T00:30:00.000Z")
  })

  it("counts the lines of the file, not the records", async () => {
    const file = fileWith(csv(HEADER, mug({ Description: '"TWO\nLINES"' }), LAMP))
    expect((await read(file)).map((line) => line.line)).toEqual([3, 4])
  })

  it("reads no more than the limit, not even to find a mistake behind it", async () => {
    const file = fileWith(csv(HEADER, MUG, LAMP, "nonsense"))
    expect(await read(file, 2)).toEqual(wanted)
    expect(await read(file, 1)).toEqual(wanted.slice(0, 1))
  })

  it("stops inside a gzipped file of many lines", async () => {
    const file = fileWith(gzipSync(csv(HEADER, ...Array.from({ length: 50_000 }, () => MUG))))
    expect(await read(file, 3)).toHaveLength(3)
  })

  it("gives nothing for a file that has only a header", async () => {
    expect(await read(fileWith(csv(HEADER)))).toEqual([])
  })
})

describe("refusing a log", () => {
  it("says that a file does not exist and what to give", async () => {
    const file = join(folder, "nowhere.csv")
    expect(await refusal(file)).toBe(
      `${file} does not exist. Give the path of a CSV file, plain or .gz, after --transactions.`
    )
  })

  it.each<[string, string | Buffer]>([
    ["an empty file", ""],
    ["a gzipped file with nothing in it", gzipSync("")],
    ["a file that holds only a byte order mark", "\uFEFF"],
  ])("says that %s is empty and what its first line must be", async (_what, content) => {
    const file = fileWith(content)
    expect(await refusal(file)).toBe(
      `${file} is empty. The first line must name the columns ${HEADER.replaceAll(",", ", ")}.`
    )
  })

  it("names every column that is missing, those it wants and those it found", async () => {
    const file = fileWith(csv("InvoiceNo,StockCode,Description,Qty,InvoiceDate,Price,CustomerID,Country", MUG))
    expect(await refusal(file)).toBe(
      `${file}, line 1: the column Quantity, UnitPrice is missing. Expected ${HEADER.replaceAll(",", ", ")}; ` +
        "found InvoiceNo, StockCode, Description, Qty, InvoiceDate, Price, CustomerID, Country."
    )
  })

  it.each([
    ["Quantity", "six", "a whole number other than 0"],
    ["Quantity", "1.5", "a whole number other than 0"],
    ["Quantity", "0", "a whole number other than 0"],
    ["Quantity", "", "a whole number other than 0"],
    ["Quantity", " ", "a whole number other than 0"],
    ["Quantity", "99999999999999999", "a whole number other than 0"],
    ["UnitPrice", "£2.55", "a decimal number such as 4.95"],
    ["UnitPrice", "", "a decimal number such as 4.95"],
    ["UnitPrice", "1e3", "a decimal number such as 4.95"],
    ["InvoiceDate", "yesterday", "a time such as 2011-10-02 10:32:00"],
    ["InvoiceDate", "2011-13-02 10:32:00", "a time such as 2011-10-02 10:32:00"],
    ["InvoiceDate", "", "a time such as 2011-10-02 10:32:00"],
    ["InvoiceNo", "", "a text"],
    ["StockCode", "", "a text"],
  ])("names line and column when %s is %j", async (column, text, expected) => {
    const file = fileWith(csv(HEADER, LAMP, mug({ [column]: text }), LAMP))
    expect(await refusal(file)).toBe(
      `${file}, line 3, column ${column}: expected ${expected}, got "${text}". Mend or remove the line.`
    )
  })

  it("names the right line after a description of several lines", async () => {
    const file = fileWith(csv(HEADER, mug({ Description: '"A\nB\nC"' }), mug({ Quantity: "six" })))
    expect(await refusal(file)).toContain(", line 5, column Quantity:")
  })

  it.each([
    ["too few", "536367,71053,LAMP,1"],
    ["too many", `${MUG},surplus`],
  ])("names the line that has %s fields", async (_what, line) => {
    const file = fileWith(csv(HEADER, MUG, line, LAMP))
    expect(await refusal(file)).toMatch(
      /, line 3: Invalid Record Length: expect 8, got \d on line 3\. Mend the line and try again\.$/
    )
  })

  it("names the line where a quote is never closed", async () => {
    const file = fileWith(csv(HEADER, MUG, mug({ Description: '"LAMP' })))
    expect(await refusal(file)).toMatch(/, line \d+: Quote Not Closed.*Mend the line and try again\.$/)
  })

  // In jest's world Node's own errors are no instances of Error and bring their name along.
  const DAMAGED = /is damaged after line (\d+) \((?:Error: )?([^()]+)\)\. Copy or download it again\.$/

  it("says after which line a gzipped file breaks off", async () => {
    const whole = gzipSync(csv(HEADER, ...Array.from({ length: 20_000 }, (_, at) => mug({ InvoiceNo: String(at) }))))
    const message = await refusal(fileWith(whole.subarray(0, whole.length - 2_000)))
    const [, line, reason] = DAMAGED.exec(message) ?? []
    expect(reason).toBe("unexpected end of file")
    expect(Number(line)).toBeGreaterThan(1)
    expect(Number(line)).toBeLessThan(20_001)
  })

  const noise = gzipSync(csv(HEADER, ...Array.from({ length: 200 }, () => randomBytes(40).toString("hex"))))
  const spoilt = (from: number, to: number): Buffer => Buffer.from(noise).fill(0xff, from, to)

  it.each([
    ["its head", spoilt(2, 3)],
    ["its middle", spoilt(40, 200)],
    ["its check sum", spoilt(noise.length - 8, noise.length - 4)],
    ["its length", spoilt(noise.length - 4, noise.length)],
    ["what follows it", Buffer.concat([gzipSync(csv(HEADER, MUG)), Buffer.from("rubbish")])],
  ])("says that a gzipped file is damaged in %s", async (_where, content) => {
    expect(await refusal(fileWith(content))).toMatch(DAMAGED)
  })

  it("says that a folder is no file", async () => {
    expect(await refusal(folder)).toMatch(/is no file\. Give the path of a CSV file/)
  })
})
