/**
 * The first column of a CSV text. A library that reads all of CSV tells of a quote that is missing in the middle at the end of the
 * file; here the line with the quote is told, and reading goes on with the next.
 */
export interface CsvCell {
  /** The line on which the record begins, from 1. */
  readonly line: number
  /** The record's first field, without quotes and spaces around it; `undefined` where a quote in the record is not closed, or text follows it. */
  readonly text: string | undefined
}

/**
 * Records end with LF, CR LF or CR; fields are parted by comma, semicolon or tab, as spreadsheets write them. Lines with nothing in any
 * field are left out.
 */
export function* readFirstColumn(csv: string): Generator<CsvCell> {
  let line = 1
  let offset = 0
  while (offset < csv.length) {
    const record = readRecord(csv, offset)
    const end = record?.end ?? findEnd(LINE_END, csv, offset)
    const whole = csv.slice(offset, end)
    if (HAS_CONTENT.test(whole)) yield { line, text: record?.text }
    line += whole.split(/\r\n|\n|\r/).length
    offset = end + (csv.startsWith('\r\n', end) ? 2 : 1)
  }
}

/** A spreadsheet writes its delimiters also for a row in which everything was deleted. */
const HAS_CONTENT = /[^\s,;]/

interface Piece {
  readonly text: string
  /** Where it ends in the whole text; what stands there is not of it. */
  readonly end: number
}

/** The text is that of its first field. */
function readRecord(csv: string, start: number): Piece | undefined {
  const first = readField(csv, start)
  let end = first?.end
  while (end !== undefined && isDelimiter(csv[end])) end = readField(csv, end + 1)?.end
  return first === undefined || end === undefined ? undefined : { text: first.text, end }
}

function readField(csv: string, start: number): Piece | undefined {
  const begin = skipSpaces(csv, start)
  if (csv[begin] !== '"') {
    const end = findEnd(FIELD_END, csv, begin)
    return { text: csv.slice(begin, end).trim(), end }
  }
  const close = findClosingQuote(csv, begin + 1)
  if (close === undefined) return undefined
  const end = skipSpaces(csv, close + 1)
  const isWhole = end === csv.length || isDelimiter(csv[end]) || isLineEnd(csv[end])
  return isWhole
    ? {
        text: csv
          .slice(begin + 1, close)
          .replaceAll('""', '"')
          .trim(),
        end,
      }
    : undefined
}

/** A quote inside is written twice. */
function findClosingQuote(csv: string, start: number): number | undefined {
  let close = csv.indexOf('"', start)
  while (close !== -1 && csv[close + 1] === '"') close = csv.indexOf('"', close + 2)
  return close === -1 ? undefined : close
}

const isDelimiter = (char: string | undefined): boolean => char === ',' || char === ';' || char === '\t'
const isLineEnd = (char: string | undefined): boolean => char === '\n' || char === '\r'

function skipSpaces(csv: string, start: number): number {
  let offset = start
  while (csv[offset] === ' ') offset += 1
  return offset
}

const FIELD_END = /[,;\t\r\n]|$/g
const LINE_END = /[\r\n]|$/g

function findEnd(pattern: RegExp, csv: string, start: number): number {
  pattern.lastIndex = start
  return pattern.exec(csv)?.index ?? csv.length
}
