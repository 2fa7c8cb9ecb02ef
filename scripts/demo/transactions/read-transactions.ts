import { createReadStream, statSync } from "node:fs"
import { open } from "node:fs/promises"
import { PassThrough } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import { parse, CsvError } from "csv-parse"
import { UsageError } from "../options"

/** One line of the log, checked. */
export interface TransactionLine {
  /** Where it stood in the file, 1 for the header. */
  readonly line: number
  readonly invoice: string
  readonly sku: string
  readonly description: string
  /** Negative for cancellations and corrections, never 0. */
  readonly quantity: number
  /** Decimal text, major units. */
  readonly unitPrice: string
  readonly at: Date
}

const COLUMNS = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
  "Country",
] as const

type Column = (typeof COLUMNS)[number]

const GZIP_MAGIC = 0x1f8b

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer.readUInt16BE(0) === GZIP_MAGIC
  } finally {
    await handle.close()
  }
}

const bad = (file: string, line: number, column: Column, wanted: string, got: string): UsageError =>
  new UsageError(`${file}, line ${line}, column ${column}: expected ${wanted}, got "${got}". Mend or remove the line.`)

function toLine(
  file: string,
  line: number,
  record: readonly string[],
  columns: ReadonlyMap<Column, number>
): TransactionLine {
  const field = (column: Column): string => record[columns.get(column) ?? -1] ?? ""
  const quantity = Number(field("Quantity"))
  if (!Number.isSafeInteger(quantity) || quantity === 0 || field("Quantity").trim() === "") {
    throw bad(file, line, "Quantity", "a whole number other than 0", field("Quantity"))
  }
  if (!/^-?\d+(\.\d+)?$/.test(field("UnitPrice"))) {
    throw bad(file, line, "UnitPrice", "a decimal number such as 4.95", field("UnitPrice"))
  }
  const at = new Date(`${field("InvoiceDate").replace(" ", "T")}Z`)
  if (Number.isNaN(at.getTime())) {
    throw bad(file, line, "InvoiceDate", "a time such as 2011-10-02 10:32:00", field("InvoiceDate"))
  }
  for (const column of ["InvoiceNo", "StockCode"] as const) {
    if (field(column) === "") {
      throw bad(file, line, column, "a text", "")
    }
  }
  return {
    line,
    invoice: field("InvoiceNo"),
    sku: field("StockCode"),
    description: field("Description").trim() || field("StockCode"),
    quantity,
    unitPrice: field("UnitPrice"),
    at,
  }
}

function readHeader(file: string, header: readonly string[]): Map<Column, number> {
  const missing = COLUMNS.filter((column) => !header.includes(column))
  if (missing.length > 0) {
    throw new UsageError(
      `${file}, line 1: the column ${missing.join(", ")} is missing. ` +
        `Expected ${COLUMNS.join(", ")}; found ${header.join(", ")}.`
    )
  }
  return new Map(COLUMNS.map((column) => [column, header.indexOf(column)]))
}

function pick(error: unknown): { code?: string; message?: string } {
  const isObject = typeof error === "object" && error !== null
  const code = isObject && "code" in error && typeof error.code === "string" ? { code: error.code } : {}
  const message = isObject && "message" in error && typeof error.message === "string" ? { message: error.message } : {}
  return { ...code, ...message }
}

function explain(file: string, lines: number, error: unknown): Error {
  if (error instanceof UsageError) {
    return error
  }
  if (error instanceof CsvError) {
    return new UsageError(
      `${file}, line ${Number(error.lines ?? lines)}: ${error.message}. Mend the line and try again.`
    )
  }
  // By shape and not by class: what Node itself throws is no `Error` of this realm inside a test.
  const { code, message } = { code: "", message: String(error), ...pick(error) }
  return code.startsWith("Z_")
    ? new UsageError(`${file} is damaged after line ${lines} (${message}). Copy or download it again.`)
    : new UsageError(`${file} could not be read after line ${lines}: ${message}.`)
}

/**
 * Reads a log of transactions line by line, plain or gzipped, whatever its size.
 *
 * @throws UsageError that names file, line and column of the first thing wrong, and what to do
 */
export async function* readTransactions(file: string, limit: number | null): AsyncGenerator<TransactionLine> {
  const what = statSync(file, { throwIfNoEntry: false })
  if (!what?.isFile()) {
    const reason = what ? "is no file" : "does not exist"
    throw new UsageError(`${file} ${reason}. Give the path of a CSV file, plain or .gz, after --transactions.`)
  }
  const parser = parse({ bom: true, relax_column_count: false, info: true })
  const source = createReadStream(file)
  const gunzip = (await isGzip(file)) ? createGunzip() : new PassThrough()
  const flow = pipeline(source, gunzip, parser).catch((error: unknown) => parser.destroy(error as Error))
  let columns: Map<Column, number> | null = null
  let lines = 0
  let read = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      lines = info.lines
      if (!columns) {
        columns = readHeader(file, record)
        continue
      }
      yield toLine(file, lines, record, columns)
      read += 1
      if (limit !== null && read >= limit) {
        return
      }
    }
  } catch (error) {
    throw explain(file, lines, error)
  } finally {
    source.destroy()
    await flow
  }
  if (!columns) {
    throw new UsageError(`${file} is empty. The first line must name the columns ${COLUMNS.join(", ")}.`)
  }
}
