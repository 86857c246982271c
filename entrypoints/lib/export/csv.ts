import Papa from 'papaparse'
import { EXPORT_COLUMNS, type ExportedCall } from './exported-call.ts'

/**
 * Calls as comma-separated values (RFC 4180): a header line, then one a line. `hasMark` puts the byte order mark before it,
 * without which some spreadsheets take UTF-8 for something else.
 */
export function writeCsv(calls: readonly ExportedCall[], { hasMark }: { readonly hasMark: boolean }): string {
  const data = calls.map((call) => EXPORT_COLUMNS.map((column) => writeValue(call[column])))
  const csv = Papa.unparse({ fields: [...EXPORT_COLUMNS], data }, { escapeFormulae: FORMULA })
  return hasMark ? `\uFEFF${csv}` : csv
}

/**
 * What a spreadsheet would take for a formula, whatever follows on later lines, gets an apostrophe before it. A number as it
 * is dialled is none.
 */
const FORMULA = /^(?!\+\d+$)\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

function writeValue(value: ExportedCall[keyof ExportedCall]): string | number | boolean {
  if (value === null) return ''
  return typeof value === 'object' ? value.join('; ') : value
}
