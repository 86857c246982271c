import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { saveFile } from '../../lib/files/save-file.ts'
import { CHUNK_CALLS } from '../export/chunks.ts'
import { collect } from '../export/collect.ts'
import { writeCsv } from '../export/csv.ts'
import { nameCallsFile } from '../export/file-name.ts'
import { writeJson } from '../export/json.ts'
import type { ListModel } from './list-model.ts'

/** Days, both included (`2026-03-29`). */
export interface ExportedDays {
  readonly fromDay: string
  readonly toDay: string
}

/** Makes files of the calls that are listed. */
export interface ExportModel {
  /** Whether a CSV file is to begin with the byte order mark. */
  readonly hasMark: Signal<boolean>
  readonly isWriting: ReadonlySignal<boolean>
  /** How much of a file is written, 0 to 1; `undefined` while it is too early to say. */
  readonly share: ReadonlySignal<number | undefined>
  /** The name of the file that was saved last. */
  readonly savedName: ReadonlySignal<string | undefined>
  save(format: ExportFormat): Promise<void>
}

/** `xlsx`: a workbook for Excel, in which dates are dates and numbers text. */
export type ExportFormat = 'csv' | 'json' | 'xlsx'

export function createExportModel(list: ListModel, days: ReadonlySignal<ExportedDays>): ExportModel {
  const hasMark = signal(false)
  const isWriting = signal(false)
  const share = signal<number>()
  const savedName = signal<string>()

  async function write(format: ExportFormat): Promise<{ parts: readonly BlobPart[]; type: string }> {
    const { calls } = list.count.value
    const onShare = (done: number, all: number) => {
      share.value = Math.min(1, done / all)
    }
    if (format === 'xlsx') {
      // Loaded only by those who want it.
      const { EXCEL_TYPE, writeExcel } = await import('../export/excel.ts')
      return { parts: await writeExcel(list.exported(), (written) => onShare(written, calls)), type: EXCEL_TYPE }
    }
    const isCsv = format === 'csv'
    const writer = isCsv ? writeCsv(list.exported(), { hasMark: hasMark.value }) : writeJson(list.exported())
    const chunks = Math.ceil(calls / CHUNK_CALLS) + 1
    const parts = await collect(writer, (written) => onShare(written, chunks))
    return { parts, type: isCsv ? 'text/csv;charset=utf-8' : 'application/json' }
  }

  return {
    hasMark,
    isWriting,
    share,
    savedName,
    save: async (format) => {
      const name = nameCallsFile(days.value, format)
      savedName.value = undefined
      isWriting.value = true
      try {
        const { parts, type } = await write(format)
        saveFile(name, parts, type)
        savedName.value = name
      } finally {
        share.value = undefined
        isWriting.value = false
      }
    },
  }
}
