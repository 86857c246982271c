import { createCallSessions } from '../../../shared/call/call-sessions.ts'
import { Tracker } from '../../../shared/call/track.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import type { SessionStatus } from '../../../shared/protocol/status.ts'
import type { Follower } from './follower.ts'
import { createOurs, decodeAnswer, decodeEvent } from './ours.ts'

/**
 * Ours with a store beside it, as the browser has it: everything that comes is kept, and a session that is no longer in memory when
 * something more comes is folded again from what was kept.
 */
export function createStoredOurs(): Follower {
  const sessions = createCallSessions()
  const ours = createOurs(sessions)
  const stored = new Map<string, Kept>()

  function hold(telephonySessionId: string): Kept {
    const kept = stored.get(telephonySessionId) ?? { events: [], answers: [] }
    stored.set(telephonySessionId, kept)
    if (sessions.get(telephonySessionId) !== undefined) return kept
    const tracker = new Tracker(telephonySessionId)
    for (const event of kept.events) tracker.take(event)
    for (const answer of kept.answers) tracker.repair(answer)
    sessions.adopt(tracker)
    return kept
  }

  return {
    ...ours,
    track(raw) {
      const event = decodeEvent(raw)
      hold(event.telephonySessionId).events.push(event)
      return ours.track(raw)
    },
    doubt: {
      list: ours.doubt.list,
      repair(rawStatus) {
        const answer = decodeAnswer(rawStatus)
        hold(answer.telephonySessionId).answers.push(answer)
        ours.doubt.repair(rawStatus)
      },
    },
  }
}

interface Kept {
  readonly events: TelephonyNotification[]
  readonly answers: SessionStatus[]
}
