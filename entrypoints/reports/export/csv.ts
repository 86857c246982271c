import Papa from 'papaparse'
import { inChunks } from './chunks.ts'
import { EXPORT_COLUMNS, type ExportedCall } from './exported-call.ts'

/**
 * Calls as comma-separated values (RFC 4180): a header line, then one a line. `hasMark` puts the byte order mark before it,
 * without which some spreadsheets take UTF-8 for something else.
 */
export function* writeCsv(
  calls: Iterable<ExportedCall>,
  { hasMark }: { readonly hasMark: boolean },
): Generator<string, void> {
  yield `${hasMark ? '\uFEFF' : ''}${EXPORT_COLUMNS.join(',')}\r\n`
  for (const chunk of inChunks(calls)) {
    const lines = chunk.map((call) => EXPORT_COLUMNS.map((column) => writeValue(call[column])))
    yield `${Papa.unparse(lines)}\r\n`
  }
}

/** What a formula begins with, and all that a spreadsheet skips before it. Each run is looked at once, however long it is. */
const FORMULA = /(?<![\s\p{Cc}\p{Cf}"])[\s\p{Cc}\p{Cf}"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/gu
const ENDS_CELL = /[,;|]/

/** A number as it is dialled, alone or in a list. */
const NUMBER = /^\+\d+$/

function writeValue(value: ExportedCall[keyof ExportedCall]): string | number | boolean {
  if (value === null) return ''
  if (typeof value === 'object') return defuse(value.join('; '))
  return typeof value === 'string' ? defuse(value) : value
}

/**
 * An apostrophe makes text of what follows. A formula would begin at the value's start, and behind whatever a spreadsheet may take
 * for the end of a cell, because a German one splits at semicolons, wherever the quotation marks are.
 */
function defuse(text: string): string {
  if (NUMBER.test(text)) return text
  return text.replace(FORMULA, (formula, at: number) => {
    const isCell = at === 0 || ENDS_CELL.test(text.charAt(at - 1))
    return (isCell ? "'" : '') + formula.replace(/[\t\r\n]/g, "$&'")
  })
}
