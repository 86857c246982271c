import {
  type History,
  type HistoryDraft,
  type HistoryEntry,
  insertNotification,
  insertStatus,
} from '../history/history.ts'
import type { TelephonyNotification } from '../protocol/notification.ts'
import type { SessionStatus } from '../protocol/status.ts'
import type { CallDraft, LegDraft } from './draft.ts'
import { foldCall, foldEntry } from './reduce.ts'
import type { Call } from './state.ts'

/** A session as it is followed: what was told of it, and the call that this adds up to. Both change as more comes in. */
export interface TrackedCall {
  readonly history: History
  readonly call: Call
}

/**
 * Follows one session. What it comes to depends on the set of events and answers only, whatever their order and repetition.
 *
 * It is its own history and its own call: a company has thousands of these at a time, each event finds its session cold in
 * memory, and every object on the way costs as much as the work.
 */
export class Tracker implements TrackedCall, HistoryDraft, CallDraft {
  readonly telephonySessionId: string
  readonly entries: HistoryEntry[] = []
  readonly statuses: SessionStatus[] = []
  legs: LegDraft[] = []
  origin: string | undefined
  startedMs: number | undefined
  lostAsOfMs: number | undefined

  constructor(telephonySessionId: string) {
    this.telephonySessionId = telephonySessionId
  }

  get history(): History {
    return this
  }

  get call(): Call {
    return this
  }

  /** Takes in one event, wherever it belongs in the history. False: it told nothing new. */
  take(notification: TelephonyNotification): boolean {
    const lengthBefore = this.entries.length
    const from = insertNotification(this, notification)
    if (from === undefined) return false
    if (from < lengthBefore || this.statuses.length > 0) foldCall(this, this)
    else for (let index = from; index < this.entries.length; index++) this.foldAt(index)
    return true
  }

  /** Takes in the platform's answer to a status request. False: it was known. */
  repair(status: SessionStatus): boolean {
    if (!insertStatus(this, status)) return false
    foldCall(this, this)
    return true
  }

  private foldAt(index: number): void {
    const entry = this.entries[index]
    if (entry !== undefined) foldEntry(this, entry)
  }
}
