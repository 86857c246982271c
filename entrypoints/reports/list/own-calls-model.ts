import { computed } from '@preact/signals'
import type { ReportsModel } from '../model.ts'
import { createExportModel, type ExportModel } from './export-model.ts'
import { followNotes } from './follow-notes.ts'
import { createListModel, type ListModel } from './list-model.ts'

/** The list of the person's own calls, and the files that can be made of it. */
export interface OwnCallsModel {
  readonly list: ListModel
  readonly files: ExportModel
}

export function createOwnCallsModel(
  reports: Pick<ReportsModel, 'store' | 'rows' | 'selected' | 'returned' | 'shownSpans'>,
): OwnCallsModel {
  const { rows, selected, returned, shownSpans } = reports
  const list = createListModel({ rows, selected, returned, notes: followNotes(reports.store) })
  const days = computed(() => shownSpans.value.now)
  return { list, files: createExportModel(list, days) }
}
