import { readCell } from './cell.ts'
import type { ColumnMeaning } from './titles.ts'

/**
 * The number in the cell at `index` of a row with what the columns before it have of its first digits: the area's, and before these or
 * alone the country's.
 */
export function withPrefixes(
  cells: readonly string[],
  columns: readonly { readonly meaning: ColumnMeaning }[],
  index: number,
): string {
  const prefixAt = (at: number, meaning: ColumnMeaning) =>
    columns[at]?.meaning === meaning ? readPrefix(cells[at] ?? '') : undefined
  const countryAt = columns[index - 1]?.meaning === 'areaCode' ? index - 2 : index - 1
  return withCountry(withArea(cells[index] ?? '', prefixAt(index - 1, 'areaCode')), prefixAt(countryAt, 'countryCode'))
}

/** Local numbers are no longer. */
const MAX_LOCAL_DIGITS = 8
/** With a country code numbers are longer, as a rule. */
const MAX_NATIONAL_DIGITS = 10

/** The first digits of numbers, as a column of their own has them; `undefined` where it has something else. */
function readPrefix(cell: string): string | undefined {
  const digits = readCell(cell).replace(/[\s()+]/g, '')
  return /^\d{1,6}$/.test(digits) ? digits : undefined
}

const isInternational = (cell: string) => /^[\s'"=(]*(?:\+|00)/.test(cell)

/** Numbers that have these digits themselves stay as they are. */
function withArea(cell: string, area: string | undefined): string {
  if (area === undefined || isInternational(cell)) return cell
  return cell.replace(/\D/g, '').length > MAX_LOCAL_DIGITS ? cell : `${area} ${readCell(cell)}`
}

/** So do those that have a country code. */
function withCountry(cell: string, prefix: string | undefined): string {
  if (prefix === undefined || isInternational(cell)) return cell
  const country = prefix.replace(/^0+/, '')
  const digits = cell.replace(/\D/g, '')
  return digits.startsWith(country) && digits.length > MAX_NATIONAL_DIGITS ? cell : `+${country} ${readCell(cell)}`
}
