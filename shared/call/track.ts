import { emptyHistory, type History, insertNotification } from '../history/history.ts'
import type { TelephonyNotification } from '../protocol/notification.ts'
import { emptyCall, foldCall, foldEntry } from './reduce.ts'
import type { Call } from './state.ts'

/** A session as it is followed: its events, and the call they add up to. */
export interface TrackedCall {
  readonly history: History
  readonly call: Call
}

export function emptyTrackedCall(telephonySessionId: string): TrackedCall {
  return { history: emptyHistory(telephonySessionId), call: emptyCall(telephonySessionId) }
}

/**
 * Takes in one event, wherever it belongs in the history. The result depends on the set of events only, whatever their
 * order and repetition. Nothing new: the same object.
 */
export function trackNotification(tracked: TrackedCall, notification: TelephonyNotification): TrackedCall {
  const { history, from } = insertNotification(tracked.history, notification)
  if (from === undefined) return tracked
  const isAppended = from === tracked.history.entries.length
  const call = isAppended ? history.entries.slice(from).reduce(foldEntry, tracked.call) : foldCall(history)
  return { history, call }
}
