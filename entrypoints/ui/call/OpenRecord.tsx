import { i18n } from '#i18n'
import type { ReadableStore } from '../../lib/store/open.ts'
import { openRecord, useRecords } from './use-records.ts'

export interface OpenRecordProps {
  readonly store: ReadableStore
  /** Absent where the number is withheld. */
  readonly numberKey: string | undefined
}

/** Goes to the CRM's record of a number; nothing where none was seen. */
export function OpenRecord({ store, numberKey }: OpenRecordProps) {
  const [record] = useRecords(store, numberKey)
  if (record === undefined) return null
  const label = i18n.t('match.openRecord', [record.title])
  return (
    <button
      type="button"
      class="open-record"
      title={label}
      aria-label={label}
      onClick={() => void openRecord(record.url)}
    >
      {i18n.t('callTools.open')}
    </button>
  )
}
