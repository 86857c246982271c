import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { listSessions } from '../../lib/call/call-story.ts'
import { saveFile } from '../../lib/files/save-file.ts'
import type { ReadableStore } from '../../lib/store/open.ts'
import { readEvents, readStatuses } from '../../lib/store/read.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { nameStreamFile } from '../export/file-name.ts'
import { STREAM_TYPE, writeStream } from '../export/stream.ts'

/** The events behind a call's figures as a file, to check them elsewhere. */
export function SaveEvents({ row, store }: { readonly row: CallRow; readonly store: ReadableStore }) {
  const [savedName, setSavedName] = useState<string>()
  if (row.eventsGone === 1) return null
  const save = async () => {
    const { telephonySessionId } = row
    const name = nameStreamFile(telephonySessionId)
    const sessions = await listSessions(store, row)
    const [events, statuses] = await Promise.all([
      Promise.all(sessions.map((id) => readEvents(store, id))).then((read) => read.flat()),
      Promise.all(sessions.map((id) => readStatuses(store, id))).then((read) => read.flat()),
    ])
    saveFile(name, [writeStream(events, statuses)], STREAM_TYPE)
    setSavedName(name)
  }
  return (
    <div class="save-events">
      <button type="button" onClick={() => void save()}>
        {i18n.t('export.events')}
      </button>
      <p class="quiet">{i18n.t('export.eventsLead')}</p>
      <p class="quiet" role="status">
        {savedName && i18n.t('export.saved', [savedName])}
      </p>
    </div>
  )
}
