import Papa from 'papaparse'
import { isLikeName, isLikeNumber } from './cell-kinds.ts'
import { isTelling, readTitle } from './titles.ts'

/** What may stand between the cells of a table. A first line `sep=` may name another sign. */
export const SEPARATORS = [',', ';', '\t', '|'] as const

/** How cells are told apart. */
export interface CsvDialect {
  readonly separator: string
  readonly quote: string
}

/** Rows that are looked at. */
const SAMPLE_ROWS = 50

/**
 * The separator by which a text, whose lines end in `\n`, becomes the best table: rows of one width, with titles that are known, names
 * and numbers in cells of their own. Any of them may stand within cells as well, and a list may be two rows long.
 */
export function guessDialect(text: string): CsvDialect {
  const quote = /^\s*'[^'\n]*'\s*[,;\t|]/.test(text) ? "'" : '"'
  const scores = SEPARATORS.map((separator) => scoreTable(text, { separator, quote }))
  const best = scores.indexOf(Math.max(...scores))
  return { separator: SEPARATORS[best] ?? ',', quote }
}

/** Up to 4; 0 where nothing is separated. */
function scoreTable(text: string, { separator, quote }: CsvDialect): number {
  const { data, errors } = Papa.parse<string[]>(text, {
    newline: '\n',
    delimiter: separator,
    quoteChar: quote,
    preview: SAMPLE_ROWS,
    skipEmptyLines: 'greedy',
  })
  const width = commonWidth(data)
  if (width < 2) return 0
  const share = (is: (cells: readonly string[]) => boolean) => data.filter(is).length / data.length
  const titles = data[0]?.filter((title) => isTelling(readTitle(title))).length ?? 0
  return (
    share(({ length }) => length === width) +
    share((cells) => cells.some((cell) => !/\p{L}/u.test(cell) && isLikeNumber(cell))) +
    share((cells) => cells.some(isLikeName)) +
    titles / width -
    Math.min(1, errors.filter(({ type }) => type === 'Quotes').length / data.length)
  )
}

/** The wider one where two widths are as frequent. */
function commonWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  return Math.max(0, ...[...counts].flatMap(([width, count]) => (count === most ? width : [])))
}
