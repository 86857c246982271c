import { isLikeName, isLikeNumber, isSurelyNumber } from './cell-kinds.ts'
import type { CsvRow, CsvTable } from './csv-table.ts'
import {
  type ColumnMeaning,
  isAccountTitle,
  isPersonTitle,
  isTelling,
  readPrefixTitle,
  readTitle,
  type TitleMeaning,
} from './titles.ts'

export interface CsvLayout {
  /** Whether a row names the columns. */
  readonly hasHeader: boolean
  /** The row that does, or would: the first, unless there is a heading above it. */
  readonly headerAt: number
  /** One for each column of the widest row. */
  readonly columns: readonly ColumnMeaning[]
}

/** Cells per column that are looked at to tell what it holds. */
const SAMPLE_CELLS = 100

/** What the columns are, by their titles or, where these say nothing, by what is in them. The person may know better. */
export function guessLayout({ rows }: CsvTable): CsvLayout {
  const headerAt = findHeader(rows)
  const first = rows[headerAt]?.cells ?? []
  const below = rows.slice(headerAt + 1)
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0)
  const titles = Array.from({ length: width }, (_, index) => readTitle(first[index] ?? ''))
  const hasHeader = !first.some(isLikeNumber) && (titles.some(isTelling) || isAboveNumbers(first, below))
  const samples = sampleColumns(hasHeader ? below : rows, width)
  if (!hasHeader) {
    const columns = titles.map((): TitleMeaning => 'unknown')
    return { hasHeader, headerAt, columns: joinHalves(guessNames(guessPhones(columns, samples), samples, []), samples) }
  }
  const columns = guessNames(guessPhones(titles, samples), samples, first)
  return { hasHeader, headerAt, columns: tellPrefixes(tellAccounts(columns, first), first) }
}

/** Rows in which titles are looked for: above them stand a heading, a date, an address. */
const MAX_HEADING_ROWS = 20

/** The row with most titles that are known. */
function findHeader(rows: readonly CsvRow[]): number {
  const counts = rows.slice(0, MAX_HEADING_ROWS).map(({ cells }, index) => {
    const titles = cells.some(isLikeNumber) ? 0 : cells.filter((cell) => isTelling(readTitle(cell))).length
    // One word below the first row may be anything.
    return index > 0 && titles < 2 ? 0 : titles
  })
  return Math.max(0, counts.indexOf(Math.max(...counts)))
}

/** Close has `lead_name` beside `contact_name`: who is named besides a person is whom they work for. */
function tellAccounts(columns: readonly ColumnMeaning[], titles: readonly string[]): readonly ColumnMeaning[] {
  const isName = (is: (title: string) => boolean) => (meaning: ColumnMeaning, index: number) =>
    meaning === 'name' && is(titles[index] ?? '')
  if (columns.includes('company') || !columns.some(isName(isPersonTitle))) return columns
  const isAccount = isName((title) => !isPersonTitle(title) && isAccountTitle(title))
  return columns.map((meaning, index) => (isAccount(meaning, index) ? 'company' : meaning))
}

/** Columns of the first digits of the numbers beside them: the area's, and before these or alone the country's. */
function tellPrefixes(columns: readonly ColumnMeaning[], titles: readonly string[]): readonly ColumnMeaning[] {
  const holds = (index: number, prefix: ColumnMeaning) => readPrefixTitle(titles[index] ?? '') === prefix
  const areas = columns.map((meaning, index) =>
    holds(index, 'areaCode') && columns[index + 1] === 'phone' ? 'areaCode' : meaning,
  )
  const isNumber = (meaning: ColumnMeaning | undefined) => meaning === 'phone' || meaning === 'areaCode'
  return areas.map((meaning, index) =>
    holds(index, 'countryCode') && isNumber(areas[index + 1]) ? 'countryCode' : meaning,
  )
}

/**
 * Without titles, two columns of single words side by side are the two halves of names, unless the words beside the names recur, as a
 * status or a city does.
 */
function joinHalves(columns: readonly ColumnMeaning[], samples: Samples): readonly ColumnMeaning[] {
  const isHalf = (cell: string) => isLikeName(cell) && !/[\s,]/.test(cell)
  const isHalves = (index: number) => isMostly(samples[index] ?? [], isHalf)
  const at = columns.indexOf('name')
  const free = [at + 1, at - 1].find(
    (index) => columns[index] === 'nothing' && isHalves(index) && varietyOf(samples[index] ?? []) >= MIN_VARIETY,
  )
  if (at < 0 || !isHalves(at) || free === undefined) return columns
  const [first, second] = at < free ? [at, free] : [free, at]
  return columns.map((meaning, index) => (index === first ? 'firstName' : index === second ? 'lastName' : meaning))
}

/** Whether a row stands above numbers and holds none: titles in words that nobody knows. */
function isAboveNumbers(first: readonly string[], rows: readonly CsvRow[]): boolean {
  const samples = sampleColumns(rows, first.length)
  return first.some((cell, index) => /^\P{Nd}+$/u.test(cell.trim()) && isMostly(samples[index] ?? [], isLikeNumber))
}

/** The first cells of each column that hold something. */
function sampleColumns(rows: readonly CsvRow[], width: number): readonly (readonly string[])[] {
  const samples = Array.from({ length: width }, (): string[] => [])
  let full = 0
  for (const { cells } of rows) {
    for (const [index, sample] of samples.entries()) {
      const cell = cells[index]?.trim() ?? ''
      if (cell === '' || sample.length === SAMPLE_CELLS) continue
      if (sample.push(cell) === SAMPLE_CELLS) full++
    }
    if (full === width) break
  }
  return samples
}

type Samples = readonly (readonly string[])[]
type GuessedMeaning = ColumnMeaning | 'middleName' | 'unknown'

/**
 * Every column that holds numbers, not only one that says so. A title that says nothing needs cells that can be nothing else; plain
 * digits, which may be anything, only count where the file has no other numbers.
 */
function guessPhones(titles: readonly TitleMeaning[], samples: Samples): readonly GuessedMeaning[] {
  const holds = (index: number, isLike: (cell: string) => boolean) => isMostly(samples[index] ?? [], isLike)
  const columns = titles.map((title, index) => {
    if (title === 'phoneByContent' || title === 'extension') return holds(index, isLikeNumber) ? 'phone' : title
    return title === 'unknown' && holds(index, isSurelyNumber) ? 'phone' : title
  })
  const known = columns.includes('phone') ? columns : guessFrom(columns, (index) => holds(index, isLikeNumber))
  return known.map((column) => (column === 'phoneByContent' || column === 'extension' ? 'nothing' : column))
}

/** A colleague may have an extension and nothing else. */
function guessFrom(columns: readonly TitleMeaning[], isNumbers: (index: number) => boolean): readonly TitleMeaning[] {
  const guessed = columns.map((column, index) => (column === 'unknown' && isNumbers(index) ? 'phone' : column))
  return guessed.includes('phone') ? guessed : guessed.map((column) => (column === 'extension' ? 'phone' : column))
}

function guessNames(
  columns: readonly GuessedMeaning[],
  samples: Samples,
  titles: readonly string[],
): readonly ColumnMeaning[] {
  const named = nameFamilies(columns, samples, titles)
  const isNamed = named.some((column) => column === 'name' || column === 'firstName' || column === 'lastName')
  const guessed = isNamed ? -1 : findNames(named, samples)
  return named.map((column, index) => {
    if (index === guessed) return 'name'
    if (column === 'middleName') return 'firstName'
    return column === 'unknown' ? 'nothing' : column
  })
}

/**
 * German lists have `Name` and `Vorname`, Italian ones `Nome` and `Cognome`: beside one half of a name, a name
 * without it is the other. `Ansprechpartner` beside such a name is somebody else.
 */
function nameFamilies(columns: readonly GuessedMeaning[], samples: Samples, titles: readonly string[]) {
  const [half, ...others] = HALVES.filter((meaning) => columns.includes(meaning))
  if (half === undefined || others.length > 0) return columns
  const known = new Set(samples[columns.indexOf(half)]?.map((cell) => cell.toLowerCase()))
  const isFull = (cell: string) =>
    cell
      .toLowerCase()
      .split(/[\s,]+/)
      .some((word, _, words) => words.length > 1 && known.has(word))
  const other = half === 'firstName' ? 'lastName' : 'firstName'
  const isHalf = (column: GuessedMeaning, index: number) => column === 'name' && !isMostly(samples[index] ?? [], isFull)
  const isPerson = (index: number) => isPersonTitle(titles[index] ?? '')
  const isSaid = columns.some((column, index) => isHalf(column, index) && !isPerson(index))
  return columns.map((column, index) => {
    if (!isHalf(column, index)) return column
    return isSaid && isPerson(index) ? 'nothing' : other
  })
}

const HALVES = ['firstName', 'lastName'] as const

/** Names differ from row to row; what the rows have in common is a status, a group, a city. */
function findNames(columns: readonly GuessedMeaning[], samples: Samples): number {
  const variety = columns.map((column, index) => {
    const cells = samples[index] ?? []
    return column === 'unknown' && isMostly(cells, isLikeName) ? varietyOf(cells) : 0
  })
  const most = Math.max(0, ...variety)
  return most === 0 ? -1 : variety.indexOf(most)
}

/** Minimum variety of the halves of names: a few people in a list may be of one family. */
const MIN_VARIETY = 0.5

/** The share of cells that are different; at least one is there. */
function varietyOf(cells: readonly string[]): number {
  return new Set(cells).size / cells.length
}

function isMostly(cells: readonly string[], isLike: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(isLike).length * 2 > cells.length
}
