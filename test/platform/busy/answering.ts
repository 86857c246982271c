import { SECOND_MS } from '../../../shared/time.ts'
import type { LiveParty } from '../calls/live-party.ts'
import type { LiveSession } from '../calls/live-session.ts'
import { isRinging } from '../calls/party-state.ts'
import { answer } from '../calls/steps/connected.ts'
import { hangUp, reject } from '../calls/steps/leave.ts'
import { forward } from '../calls/steps/move.ts'
import type { Chances } from './chances.ts'
import { type Floor, findCaller, findOther } from './floor.ts'

/** How long a phone rings before its owner's voicemail takes the call. */
const VOICEMAIL_AFTER_MS = 22 * SECOND_MS

/** What happens to a phone that has begun to ring: it is picked up, declined, or left to itself. */
export function letRing(floor: Floor, session: LiveSession, { id, owner, queue }: LiveParty): void {
  const chances = floor.chancesOf(session)
  if (chances === undefined) return
  const pickUpAfter = (ms: number) =>
    floor.after(ms, () => {
      if (isRinging(session.party(id).code)) answer(session, id, owner?.deviceId)
    })
  if (owner === undefined) ringOutside(floor, session, id, chances, pickUpAfter)
  else if (!floor.actsAlone(owner)) return
  else if (queue !== undefined) {
    if (chances.happens(0.86)) pickUpAfter(chances.between(1.5, 9) * SECOND_MS)
    else if (chances.happens(0.35)) floor.after(chances.between(2, 6) * SECOND_MS, () => reject(session, id))
  } else ringColleague(floor, session, id, chances, pickUpAfter)
}

function ringOutside(
  floor: Floor,
  session: LiveSession,
  id: string,
  chances: Chances,
  pickUpAfter: (ms: number) => void,
): void {
  if (chances.happens(0.7)) pickUpAfter(chances.between(4, 18) * SECOND_MS)
  floor.after(chances.between(20, 35) * SECOND_MS, () => {
    const caller = findCaller(session)
    if (caller !== undefined && isRinging(session.party(id).code)) hangUp(session, caller.id)
  })
}

/** Nobody picks up: the box takes it. Some callers leave a message, and some are gone before. */
function ringColleague(
  floor: Floor,
  session: LiveSession,
  id: string,
  chances: Chances,
  pickUpAfter: (ms: number) => void,
): void {
  if (chances.happens(0.75)) pickUpAfter(chances.between(3, 14) * SECOND_MS)
  const givesUp = chances.happens(0.4)
  const messageMs = chances.between(6, 40) * SECOND_MS
  const endsAfter = (ms: number) =>
    floor.after(ms, () => {
      const other = findOther(session, id)
      const { code } = session.party(id)
      if (other !== undefined && (isRinging(code) || code === 'VoiceMail')) hangUp(session, other.id)
    })
  if (givesUp) endsAfter(chances.between(15, 20) * SECOND_MS)
  floor.after(VOICEMAIL_AFTER_MS, () => {
    const { code, owner } = session.party(id)
    if (owner === undefined || !isRinging(code)) return
    forward(session, id, { kind: 'voicemail', who: owner })
    endsAfter(messageMs)
  })
}
