import Papa from 'papaparse'
import type { LineProblem } from './draft.ts'
import { type CsvDialect, guessDialect, SEPARATORS } from './separators.ts'

/** A CSV file as rows of cells. Rows without a word are left out. */
export interface CsvTable {
  /** The sign between cells, as it was told or guessed. */
  readonly separator: string
  readonly rows: readonly CsvRow[]
  readonly problems: readonly LineProblem[]
}

export interface CsvRow {
  /** Where it begins in the file; the first line is 1. A cell in quotation marks may hold several lines. */
  readonly line: number
  readonly cells: readonly string[]
}

/** A first line by which Excel learns what separates cells. */
const SEPARATOR_LINE = /^\s*"?sep=([^\n])"?[ \t]*\n/i

/** Maximum damaged lines that are skipped. Beyond that, quotation marks are read as content. */
const MAX_OPEN_QUOTES = 20
/** A character that occurs in no file. */
const NO_QUOTE = '\u0000'

/**
 * Reads a CSV text, whose lines end in `\n`. What separates cells is `separator`, when somebody has chosen it, or said by a first line
 * `sep=;`, or guessed. A quotation mark that opens and does not close where a cell ends costs its own line, not the ones behind it.
 */
export function readCsvTable(text: string, separator?: string): CsvTable {
  const separatorLine = SEPARATOR_LINE.exec(text)
  const table = separatorLine === null ? text : text.slice(separatorLine[0].length)
  const guessed = guessDialect(table)
  const dialect = { ...guessed, separator: separator ?? separatorLine?.[1] ?? guessed.separator }
  const { rows, openLines } = readRows(table, dialect, separatorLine === null ? 1 : 2)
  const inner = unquoteRows(rows)
  if (inner !== undefined && inner.trim().length < table.trim().length) return readCsvTable(inner, separator)
  return {
    separator: dialect.separator,
    rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
    problems: openLines.map((line) => ({ kind: 'openQuote', line })),
  }
}

/** A table that was saved once more as one column, each row in quotation marks; `undefined` for any other. */
function unquoteRows(rows: readonly CsvRow[]): string | undefined {
  if (rows.length === 0 || rows.some(({ cells }) => cells.length > 1)) return undefined
  const lines = rows.map(({ cells }) => cells.join(''))
  // Without a separator in every row it is a list of one column.
  const isTable = SEPARATORS.some((sign) => lines.every((line) => line === '' || line.includes(sign)))
  return isTable ? lines.join('\n') : undefined
}

interface ReadRows {
  readonly rows: readonly CsvRow[]
  /** Lines that were not taken, because a quotation mark opens in them. */
  readonly openLines: readonly number[]
}

function readRows(text: string, dialect: CsvDialect, firstLine: number): ReadRows {
  const rows: CsvRow[] = []
  const openLines: number[] = []
  let rest: string | undefined = text
  let line = firstLine
  while (rest !== undefined) {
    const quote = openLines.length < MAX_OPEN_QUOTES ? dialect.quote : NO_QUOTE
    const read = readUntilOpen(rest, { ...dialect, quote }, line)
    // One by one: a call takes no hundreds of thousands of arguments.
    for (const row of read.rows) rows.push(row)
    if (read.openLine === undefined) break
    openLines.push(read.openLine)
    rest = skipLines(rest, read.openLine - line + 1)
    line = read.openLine + 1
  }
  return { rows, openLines }
}

function readUntilOpen(text: string, { separator, quote }: CsvDialect, firstLine: number) {
  const { data, errors } = Papa.parse<string[]>(text, { newline: '\n', delimiter: separator, quoteChar: quote })
  const rows = numberRows(data, firstLine)
  const open = errors.find(
    ({ code, row }) => code === 'MissingQuotes' || (code === 'InvalidQuotes' && isLong(rows, row)),
  )
  const openRow = open?.row
  return openRow === undefined
    ? { rows, openLine: undefined }
    : { rows: rows.slice(0, openRow), openLine: rows[openRow]?.line ?? firstLine }
}

/** A quotation mark within a cell is forgiven on one line; over several lines it joins people. */
function isLong(rows: readonly CsvRow[], row: number | undefined): boolean {
  return row !== undefined && (rows[row]?.cells.some((cell) => cell.includes('\n')) ?? false)
}

/** `undefined` when there is nothing behind them. */
function skipLines(text: string, count: number): string | undefined {
  let at = 0
  for (let skipped = 0; skipped < count; skipped++) {
    at = text.indexOf('\n', at) + 1
    if (at === 0) return undefined
  }
  return text.slice(at)
}

function numberRows(data: readonly (readonly string[])[], firstLine: number): readonly CsvRow[] {
  let line = firstLine
  return data.map((cells) => {
    const row = { line, cells }
    line += 1 + cells.reduce((breaks, cell) => breaks + countBreaks(cell), 0)
    return row
  })
}

function countBreaks(cell: string): number {
  // Most cells have none, and there may be a million of them.
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0
}
