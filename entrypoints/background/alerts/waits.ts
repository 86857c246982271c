import { SECOND_MS } from '../../../shared/time.ts'
import type { AlertSettings } from '../../lib/settings/settings.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** What lasts too long if nobody does anything about it: a call on hold, or one that rings. */
export type WaitKind = 'hold' | 'ring'

/** One call that waits, by the relay's clock. */
export interface Wait {
  readonly kind: WaitKind
  readonly row: CallRow
  /** Since when, ms since the epoch. */
  readonly sinceMs: number
  /** From when on it is worth a mark of its own; a call that rings has one anyway. */
  readonly markedMs: number
  /** From when on the person is notified. */
  readonly noticeMs: number
}

/** The calls that wait and that the person wants to be reminded of. */
export function listWaits(rows: readonly CallRow[], settings: AlertSettings): readonly Wait[] {
  return rows.flatMap((row) => {
    // What began is told on the platform's clock.
    const sinceMs = row.phaseSinceMs + row.delayMs
    const at = (seconds: number) => sinceMs + seconds * SECOND_MS
    if (row.phase === 'onHold' && settings.holdIsOn) {
      const noticeMs = at(settings.holdNoticeSeconds)
      return { kind: 'hold', row, sinceMs, markedMs: at(settings.holdBadgeSeconds), noticeMs } as const
    }
    if (row.phase === 'ringing' && settings.ringIsOn && !row.isDismissed) {
      const noticeMs = at(settings.ringSeconds)
      return { kind: 'ring', row, sinceMs, markedMs: Number.POSITIVE_INFINITY, noticeMs } as const
    }
    return []
  })
}

/** How a call on hold is drawn: like any, in amber, or in red. */
export function selectHoldSeverity(waits: readonly Wait[], telephonySessionId: string, nowMs: number) {
  const wait = waits.find(({ kind, row }) => kind === 'hold' && row.telephonySessionId === telephonySessionId)
  if (wait === undefined) return undefined
  if (nowMs >= wait.noticeMs) return 'tooLong'
  return nowMs >= wait.markedMs ? 'long' : undefined
}

/** How long the call that was forgotten first has been on hold, ms; `undefined` while none is for too long. */
export function selectLongestHold(waits: readonly Wait[], nowMs: number): number | undefined {
  const heldMs = waits.flatMap(({ sinceMs, markedMs }) => (nowMs >= markedMs ? nowMs - sinceMs : []))
  return heldMs.length === 0 ? undefined : Math.max(...heldMs)
}
