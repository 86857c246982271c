import { unreachable } from '../../../shared/assert.ts'
import type { DeskRecord } from '../../../shared/protocol/desk.ts'
import type { LogEvent } from '../../../shared/protocol/wire.ts'
import type { CallRow, StoredRuleNotice } from '../../lib/store/schema.ts'
import type { TrackedRows } from './tracked-rows.ts'

/** A hand or a whisper, and when the relay had it. */
export interface ReceivedDeskRecord {
  readonly desk: DeskRecord
  /** Ms since the epoch, relay's clock. */
  readonly receivedMs: number
}

/** More lines than somebody reads while they talk. */
const MAX_WHISPERS = 3

export function selectDeskRecords(events: readonly LogEvent[]): readonly ReceivedDeskRecord[] {
  return events.flatMap((event) =>
    'desk' in event ? [{ desk: event.desk, receivedMs: Date.parse(event.receivedAt) }] : [],
  )
}

/**
 * The rows that hands and whispers leave different, in their order: the user's own hand, and lines that are for them. A call that is over
 * or is not known has neither.
 */
export function markDesk(
  deskRecords: readonly ReceivedDeskRecord[],
  rows: Pick<TrackedRows, 'get' | 'active' | 'put'>,
  extensionId: string,
): readonly CallRow[] {
  return deskRecords.flatMap((record) => {
    const row = findRow(record.desk.telephonySessionId, rows)
    const marked = row && markRow(row, record, extensionId)
    if (marked === undefined || marked === row) return []
    rows.put(marked.telephonySessionId, { delayMs: marked.delayMs, row: marked })
    return [marked]
  })
}

/** The call that goes on in a session: it may have begun in another. */
function findRow(telephonySessionId: string, rows: Pick<TrackedRows, 'get' | 'active'>): CallRow | undefined {
  const active = rows.active().find((row) => (row.currentSessionId ?? row.telephonySessionId) === telephonySessionId)
  return active ?? rows.get(telephonySessionId)?.row
}

/** The rows of calls that are to be seen because a rule has an alert about them: a card that was put away or folded comes back for it. */
export function bringForward(
  notices: readonly StoredRuleNotice[],
  rows: Pick<TrackedRows, 'get' | 'active' | 'put'>,
): readonly CallRow[] {
  return notices.flatMap(({ kind, telephonySessionId }) => {
    const row = kind === 'alert' ? findRow(telephonySessionId, rows) : undefined
    if (row === undefined || row.phase === 'ended') return []
    const forward = { ...row, isDismissed: false, isFolded: false }
    rows.put(row.telephonySessionId, { delayMs: row.delayMs, row: forward })
    return [forward]
  })
}

function markRow(row: CallRow, { desk, receivedMs }: ReceivedDeskRecord, extensionId: string): CallRow {
  if (row.phase === 'ended') return row
  switch (desk.kind) {
    case 'hand': {
      if (desk.from !== extensionId) return row
      const { isHandRaised: _, ...lowered } = row
      return desk.raised ? { ...row, isHandRaised: true } : lowered
    }
    case 'whisper': {
      if (desk.to !== extensionId) return row
      const { fromName, text } = desk
      const line = { ...(fromName === undefined ? {} : { fromName }), text, receivedMs }
      // It is for now: a card that was put away or folded comes back for it.
      return {
        ...row,
        whispers: [...(row.whispers ?? []), line].slice(-MAX_WHISPERS),
        isDismissed: false,
        isFolded: false,
      }
    }
    default:
      return unreachable(desk)
  }
}
