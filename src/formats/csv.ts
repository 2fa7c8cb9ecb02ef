import { parse, type CsvError } from "csv-parse/sync"

/** One row of a file, by name of its column. */
export interface CsvRecord {
  /** Where it begins in the file; the header is line 1. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

export interface CsvFault {
  readonly line: number
  readonly message: string
}

export interface CsvTable {
  readonly columns: readonly string[]
  readonly records: readonly CsvRecord[]
  /** Rows that could not be read. Those after them could. */
  readonly faults: readonly CsvFault[]
}

const DELIMITERS = [",", ";", "\t"] as const

export type CsvDelimiter = (typeof DELIMITERS)[number]

/** What parts the cells of the first line, counted outside quotes. A comma where nothing does. */
export function detectDelimiter(text: string): CsvDelimiter {
  const counts = new Map<string, number>()
  let isQuoted = false
  for (const character of text) {
    if (character === '"') {
      isQuoted = !isQuoted
    } else if (!isQuoted && (character === "\n" || character === "\r")) {
      break
    } else if (!isQuoted) {
      counts.set(character, (counts.get(character) ?? 0) + 1)
    }
  }
  const [best] = [...DELIMITERS].sort((left, right) => (counts.get(right) ?? 0) - (counts.get(left) ?? 0))
  return best ?? ","
}

/** Begins like a formula, or like the mark that keeps one from being one. */
const FORMULA = /^'*[=+\-@\t\r]/
const GUARDED = /^''*[=+\-@\t\r]/

/** Keeps a spreadsheet from running a cell as a formula: https://owasp.org/www-community/attacks/CSV_Injection */
export const guardCell = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell)

/** The exact inverse of {@link guardCell}. */
export const unguardCell = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell)

const quote = (cell: string, delimiter: CsvDelimiter): string =>
  /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell

/** One row as RFC 4180 has it, with its line end. No cell can run as a formula. */
export const writeCsvRow = (cells: readonly string[], delimiter: CsvDelimiter = ","): string =>
  `${cells.map((cell) => quote(guardCell(cell), delimiter)).join(delimiter)}\r\n`

/** Tells a spreadsheet that the file is UTF-8. */
export const BYTE_ORDER_MARK = "\ufeff"

/** A row as csv-parse gives it with `info`. */
interface ParsedRow {
  readonly info: { readonly lines: number }
  readonly record: readonly string[]
}

function parseRows(text: string, delimiter: CsvDelimiter): { rows: ParsedRow[]; faults: CsvFault[] } {
  const faults: CsvFault[] = []
  const rows: unknown = parse(text, {
    delimiter,
    bom: true,
    info: true,
    relaxColumnCount: true,
    // A stray quote stays in its cell. Without it the parser would lose every row up to the next quote.
    relaxQuotes: true,
    skipEmptyLines: true,
    skipRecordsWithError: true,
    onSkip: (error: CsvError | undefined) => {
      if (error) {
        faults.push({ line: Number(error.lines ?? 0), message: error.message })
      }
      return undefined
    },
  })
  return { rows: Array.isArray(rows) ? (rows as ParsedRow[]) : [], faults }
}

const linesIn = (record: readonly string[], end: RegExp): number =>
  record.reduce((count, cell) => count + cell.split(end).length - 1, 0)

/**
 * Reads a file with a header: comma, semicolon or tab, with or without a byte order mark. What cannot be read is told by line
 * and does not stop the rest. Cells that were guarded against formulas are what they were before.
 */
export function readCsv(text: string): CsvTable {
  const { rows, faults } = parseRows(text, detectDelimiter(text.replace(/^\ufeff/, "")))
  const [header, ...body] = rows
  const columns = (header?.record ?? []).map((name) => name.trim().toLowerCase())
  const records: CsvRecord[] = []
  // The parser counts a line end of two characters inside quotes twice.
  let countedTwice = linesIn(header?.record ?? [], /\r\n/)
  for (const { info, record } of body) {
    countedTwice += linesIn(record, /\r\n/)
    const line = info.lines - countedTwice - linesIn(record, /\r\n|\r|\n/)
    if (record.length !== columns.length) {
      faults.push({ line, message: `The row has ${record.length} cells, the header ${columns.length}.` })
    } else {
      records.push({
        line,
        cells: Object.fromEntries(columns.map((column, index) => [column, unguardCell(record[index] ?? "").trim()])),
      })
    }
  }
  return { columns, records, faults }
}
