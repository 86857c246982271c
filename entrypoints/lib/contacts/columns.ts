import type { CsvTable } from './csv-table.ts'

/** What a column of a CSV file is taken for. */
export const COLUMN_MEANINGS = ['name', 'firstName', 'lastName', 'company', 'phone', 'tags', 'nothing'] as const
export type ColumnMeaning = (typeof COLUMN_MEANINGS)[number]

export interface CsvLayout {
  /** Whether the first row names the columns. */
  readonly hasHeader: boolean
  /** One for each column of the widest row. */
  readonly columns: readonly ColumnMeaning[]
}

/** So many rows tell what a column holds. */
const SAMPLE_ROWS = 100

/** What the columns are, by their names or, where these say nothing, by what is in them. The person may know better. */
export function guessLayout({ rows }: CsvTable): CsvLayout {
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0)
  const first = rows[0]?.cells ?? []
  const named = Array.from({ length: width }, (_, index) => meaningOfTitle(first[index] ?? ''))
  const hasHeader = named.some((meaning) => meaning !== 'nothing') && !first.some(isLikeNumber)
  const columns = hasHeader ? named : named.map((): ColumnMeaning => 'nothing')
  const sample = rows.slice(hasHeader ? 1 : 0, SAMPLE_ROWS)
  const cellsOf = (index: number) => sample.map(({ cells }) => cells[index]?.trim() ?? '').filter(Boolean)
  return { hasHeader, columns: guessName(guessPhones(columns, cellsOf), cellsOf) }
}

type CellsOf = (index: number) => readonly string[]

function guessPhones(columns: readonly ColumnMeaning[], cellsOf: CellsOf): readonly ColumnMeaning[] {
  if (columns.includes('phone')) return columns
  return columns.map((meaning, index) =>
    meaning === 'nothing' && isMostly(cellsOf(index), isLikeNumber) ? 'phone' : meaning,
  )
}

function guessName(columns: readonly ColumnMeaning[], cellsOf: CellsOf): readonly ColumnMeaning[] {
  if (columns.some((meaning) => meaning === 'name' || meaning === 'firstName' || meaning === 'lastName')) return columns
  const index = columns.findIndex((meaning, column) => meaning === 'nothing' && isMostly(cellsOf(column), isLikeName))
  return columns.map((meaning, column) => (column === index ? 'name' : meaning))
}

function isMostly(cells: readonly string[], isLike: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(isLike).length * 2 > cells.length
}

function isLikeNumber(cell: string): boolean {
  return /^[+(\d][\d\s()./\u2010-\u2015-]*$/.test(cell.trim()) && cell.replace(/\D/g, '').length >= 6
}

function isLikeName(cell: string): boolean {
  return /\p{L}{2}/u.test(cell) && !/[@\d]|:\/\//.test(cell)
}

/** Titles as spreadsheets, Outlook, Google and CRMs write them, in English and German. The first row that fits decides. */
const TITLES: readonly (readonly [ColumnMeaning, RegExp])[] = [
  ['nothing', /fax|e ?mail|phone.*(type|label)|telefon.*typ|notes?$|notiz/],
  ['phone', /phone|telefon|telephone|\btel\b|mobile?\b|handy|\bcell|rufnummer|durchwahl|^nummer$|^number$/],
  ['firstName', /^(first|given) ?name$|^vorname$|^forename$/],
  ['lastName', /^(last|family) ?name$|^surname$|^(nach|familien)name$/],
  ['company', /compan|organi[sz]ation( name| 1 name)?$|^account( name)?$|firma|firmenname|unternehmen/],
  ['tags', /^(tags?|labels?|categor(y|ies)|groups?|group membership|kategorien?|gruppen?|schlagw(ort|örter))$/],
  [
    'name',
    /^(full |display |contact )?name$|^contact$|^(voller |vollständiger )?name$|^anzeigename$|^kontakt(name)?$|^ansprechpartner(in)?$/,
  ],
]

function meaningOfTitle(title: string): ColumnMeaning {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return TITLES.find(([, pattern]) => pattern.test(words))?.[0] ?? 'nothing'
}
