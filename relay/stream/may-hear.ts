import { unreachable } from '../../shared/assert.ts'
import type { LoggedEvent } from '../log/event-log.ts'
import type { View } from '../people/view.ts'
import { readNotice } from '../wire/act-record.ts'
import { decodeDesk } from '../wire/desk-record.ts'

/**
 * Whether who sees the session in this view may be told of the event. A whisper is for its two ends only. Of acts only notices are
 * told: where a rule sent a call to who watches it, to whom it was sent and to whom it was taken from, an alert to whom it is for.
 */
export function mayHear(event: LoggedEvent, view: View): boolean {
  const desk = decodeDesk(event)
  if (desk !== undefined) return desk.kind !== 'whisper' || [desk.from, desk.to].includes(view.extensionId)
  return event.kind !== 'act' || mayBeNotified(event, view)
}

function mayBeNotified(event: LoggedEvent, { kind, extensionId }: View): boolean {
  const notice = readNotice(event)
  if (notice === undefined) return false
  const isWatching = kind === 'account' || kind === 'watched'
  const isTheirs = notice.to === extensionId
  switch (notice.kind) {
    case 'sent':
      return isTheirs || notice.from === extensionId || isWatching
    case 'alert':
      return isTheirs || (isWatching && notice.to === 'watchers')
    default:
      return unreachable(notice)
  }
}
