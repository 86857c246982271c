import Papa from 'papaparse'
import { EXPORT_COLUMNS, type ExportedCall } from './exported-call.ts'
import { inPieces } from './pieces.ts'

/**
 * Calls as comma-separated values (RFC 4180): a header line, then one a line. `hasMark` puts the byte order mark before it,
 * without which some spreadsheets take UTF-8 for something else.
 */
export function* writeCsv(
  calls: Iterable<ExportedCall>,
  { hasMark }: { readonly hasMark: boolean },
): Generator<string, void> {
  yield `${hasMark ? '\uFEFF' : ''}${EXPORT_COLUMNS.join(',')}\r\n`
  for (const piece of inPieces(calls)) {
    const lines = piece.map((call) => EXPORT_COLUMNS.map((column) => writeValue(call[column])))
    yield `${Papa.unparse(lines, { escapeFormulae: FORMULA })}\r\n`
  }
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
