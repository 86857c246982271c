import { type MyCall, selectMyCalls } from '../../../shared/call/my-calls.ts'
import type { CallView } from '../../../shared/call/view.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { decodeTiedSessions, extensionOf, type TiedSessions } from '../../support/tied-sessions.ts'
import { followTold } from '../../support/told.ts'

/** What several sessions are to a person, Bea unless it is said otherwise. */

export const BEA = extensionOf('bea')

export function myCalls(events: readonly TelephonyNotification[], extensionId: string = BEA): readonly MyCall[] {
  return selectMyCalls(
    followTold(events).map(({ call }) => call),
    extensionId,
  )
}

/** What the sessions are to a person, by session. */
export function partsOf(tied: TiedSessions, extensionId: string = BEA): unknown {
  const mine = myCalls(decodeTiedSessions(tied), extensionId)
  return Object.fromEntries(
    mine.map(({ call, kind, customerCallId }) => [call.telephonySessionId, [kind, customerCallId]]),
  )
}

/** The view of one session after each event of all, from the first in which it is there. */
export function viewsOf(tied: TiedSessions, session: string, extensionId: string = BEA): readonly CallView[] {
  const events = decodeTiedSessions(tied)
  return events.flatMap((_, index) => {
    const mine = myCalls(events.slice(0, index + 1), extensionId)
    return mine.find(({ call }) => call.telephonySessionId === session)?.view ?? []
  })
}

export const namesOf = (views: readonly CallView[]) => [...new Set(views.map(({ counterpart }) => counterpart.name))]
