import Papa from 'papaparse'
import type { LineProblem } from './draft.ts'

/** A CSV file as rows of cells. Rows without a word are left out. */
export interface CsvTable {
  readonly rows: readonly CsvRow[]
  readonly problems: readonly LineProblem[]
}

export interface CsvRow {
  /** Where it begins in the file; the first line is 1. A cell in quotation marks may hold several lines. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Reads a CSV text, whose lines end in `\n`. What separates cells is guessed, unless a first line `sep=;` says it. */
export function readCsvTable(text: string): CsvTable {
  const told = /^sep=(.)\n/i.exec(text)
  const firstLine = told === null ? 1 : 2
  const { data, errors } = Papa.parse<string[]>(told === null ? text : text.slice(told[0].length), {
    newline: '\n',
    ...(told?.[1] === undefined ? {} : { delimiter: told[1] }),
  })
  const rows = numberRows(data, firstLine)
  // A quotation mark that never closes takes the rest of the file into one cell.
  const open = errors.find(({ code }) => code === 'MissingQuotes')
  const openLine = open?.row === undefined ? undefined : rows[open.row]?.line
  return {
    rows: rows.filter(({ line, cells }) => line !== openLine && cells.some((cell) => cell.trim() !== '')),
    problems: openLine === undefined ? [] : [{ kind: 'openQuote', line: openLine }],
  }
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
