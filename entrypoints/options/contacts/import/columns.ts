import { isLikeName, isLikeNumber, isSurelyNumber } from './cell-kinds.ts'
import type { CsvRow, CsvTable } from './csv-table.ts'
import { type ColumnMeaning, isTelling, readTitle, type TitleMeaning } from './titles.ts'

export interface CsvLayout {
  /** Whether the first row names the columns. */
  readonly hasHeader: boolean
  /** One for each column of the widest row. */
  readonly columns: readonly ColumnMeaning[]
}

/** Cells per column that are looked at to tell what it holds. */
const SAMPLE_CELLS = 100

/** What the columns are, by their titles or, where these say nothing, by what is in them. The person may know better. */
export function guessLayout({ rows }: CsvTable): CsvLayout {
  const first = rows[0]?.cells ?? []
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0)
  const titles = Array.from({ length: width }, (_, index) => readTitle(first[index] ?? ''))
  const hasHeader = !first.some(isLikeNumber) && (titles.some(isTelling) || isAboveNumbers(first, rows.slice(1)))
  const samples = sampleColumns(hasHeader ? rows.slice(1) : rows, width)
  const columns = hasHeader ? titles : titles.map((): TitleMeaning => 'unknown')
  return { hasHeader, columns: guessNames(guessPhones(columns, samples), samples) }
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

/**
 * Every column that holds numbers, not only one that says so. A title that says nothing needs cells that can be nothing else; plain
 * digits, which may be anything, only count where the file has no other numbers.
 */
function guessPhones(titles: readonly TitleMeaning[], samples: Samples): readonly (ColumnMeaning | 'unknown')[] {
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

function guessNames(columns: readonly (ColumnMeaning | 'unknown')[], samples: Samples): readonly ColumnMeaning[] {
  const named = nameFamilies(columns, samples)
  const isNamed = named.some((column) => column === 'name' || column === 'firstName' || column === 'lastName')
  const guessed = isNamed ? -1 : findNames(named, samples)
  return named.map((column, index) => (index === guessed ? 'name' : column === 'unknown' ? 'nothing' : column))
}

/** German lists have `Name` and `Vorname`, Italian ones `Nome` and `Cognome`: beside one half of a name, a name without it is the other. */
function nameFamilies(columns: readonly (ColumnMeaning | 'unknown')[], samples: Samples) {
  const [half, ...others] = HALVES.filter((meaning) => columns.includes(meaning))
  if (half === undefined || others.length > 0) return columns
  const known = new Set(samples[columns.indexOf(half)]?.map((cell) => cell.toLowerCase()))
  const isFull = (cell: string) =>
    cell
      .toLowerCase()
      .split(/[\s,]+/)
      .some((word, _, words) => words.length > 1 && known.has(word))
  const other = half === 'firstName' ? 'lastName' : 'firstName'
  return columns.map((column, index) => (column === 'name' && !isMostly(samples[index] ?? [], isFull) ? other : column))
}

const HALVES = ['firstName', 'lastName'] as const

/** Names differ from row to row; what the rows have in common is a status, a group, a city. */
function findNames(columns: readonly (ColumnMeaning | 'unknown')[], samples: Samples): number {
  const variety = columns.map((column, index) => {
    const cells = samples[index] ?? []
    return column === 'unknown' && isMostly(cells, isLikeName) ? new Set(cells).size / cells.length : 0
  })
  const most = Math.max(0, ...variety)
  return most === 0 ? -1 : variety.indexOf(most)
}

function isMostly(cells: readonly string[], isLike: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(isLike).length * 2 > cells.length
}
