import writeWorkbook, { type Row, type SheetData, type Value } from 'write-excel-file/universal'
import { createPauses } from '../../lib/files/pauses.ts'
import { EXPORT_COLUMNS, type ExportedCall } from './exported-call.ts'

export const EXCEL_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * Calls as a workbook for Excel: one sheet, a head that stays, then a call a line. In a workbook each cell says what it is, whatever
 * language Excel speaks: moments are dates by the reader's clock, numbers and whatever people wrote are text and never formulas, times
 * are numbers in ms. A CSV file can say none of that, and a German Excel reads it differently from an English one.
 */
export async function writeExcel(
  calls: Iterable<ExportedCall>,
  onCount: (calls: number) => void,
): Promise<readonly BlobPart[]> {
  const pauses = createPauses()
  const head: Row = EXPORT_COLUMNS.map((value) => ({ value, fontWeight: 'bold' }))
  const data: SheetData = [head]
  for (const call of calls) {
    data.push(EXPORT_COLUMNS.map((column) => (isMoment(column) ? localDate(call[column]) : readValue(call[column]))))
    if (!pauses.isDue()) continue
    if (pauses.isLong()) onCount(data.length - 1)
    await pauses.pause()
  }
  const workbook = writeWorkbook(data, {
    sheet: 'Calls',
    dateFormat: 'yyyy-mm-dd hh:mm:ss',
    stickyRowsCount: 1,
    columns: EXPORT_COLUMNS.map((column) => ({ width: isMoment(column) ? MOMENT_WIDTH : column.length + 2 })),
  })
  return [await workbook.toBlob()]
}

/** In characters: a narrower date is shown as `#####`. */
const MOMENT_WIDTH = 20
/** Excel refuses a file with a longer cell. */
const MAX_CELL_CHARS = 32_767

type MomentColumn = 'started_at' | 'returned_at'

function isMoment(column: keyof ExportedCall): column is MomentColumn {
  return column === 'started_at' || column === 'returned_at'
}

/** What the clock on the wall shows: dates in a workbook have no time zone, and are written as UTC. */
function localDate(moment: string | null): Date | null {
  return moment === null ? null : new Date(`${moment.slice(0, 'yyyy-mm-ddThh:mm:ss.sss'.length)}Z`)
}

function readValue(value: ExportedCall[keyof ExportedCall]): Value | null {
  if (value === null || value === '') return null
  if (typeof value === 'object') return readValue(value.join('; '))
  return typeof value === 'string' ? value.slice(0, MAX_CELL_CHARS) : value
}
