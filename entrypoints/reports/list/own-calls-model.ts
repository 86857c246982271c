import { computed, effect } from '@preact/signals'
import type { ReportsModel } from '../model.ts'
import { timeOf } from '../only.ts'
import { NEWEST_FIRST } from './columns.ts'
import { createExportModel, type ExportModel } from './export-model.ts'
import { followNotes } from './follow-notes.ts'
import { createListModel, type ListModel } from './list-model.ts'

/** The list of the person's own calls, and the files that can be made of it. */
export interface OwnCallsModel {
  readonly list: ListModel
  readonly files: ExportModel
}

export function createOwnCallsModel(
  reports: Pick<ReportsModel, 'store' | 'rows' | 'selected' | 'returned' | 'shownSpans' | 'only'>,
): OwnCallsModel {
  const { rows, selected, returned, shownSpans } = reports
  const list = createListModel({ rows, selected, returned, notes: followNotes(reports.store), canCallBack: true })
  // Whoever opens a time wants to see where it was longest.
  effect(() => {
    const time = timeOf(reports.only.value)
    list.order(time === undefined ? NEWEST_FIRST : { by: time, isDescending: true })
  })
  const days = computed(() => shownSpans.value.now)
  return { list, files: createExportModel(list, days) }
}
