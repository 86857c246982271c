import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { LiveParty } from '../calls/live-party.ts'
import type { LiveSession } from '../calls/live-session.ts'
import { isRinging } from '../calls/party-state.ts'
import { hold, unhold } from '../calls/steps/connected.ts'
import { bridge } from '../calls/steps/join.ts'
import { hangUp } from '../calls/steps/leave.ts'
import { transfer } from '../calls/steps/move.ts'
import { park, pickUp } from '../calls/steps/park.ts'
import { callAgent } from '../calls/steps/ring.ts'
import type { Chances } from './chances.ts'
import { type Floor, findCaller, findOther } from './floor.ts'

const TALK_MEDIAN_MS = 110 * SECOND_MS
const TALK_BOUNDS = { minMs: 12 * SECOND_MS, maxMs: 15 * MINUTE_MS }
const HELD_SHARE = 0.28
/** How a conversation goes on where the agent does not simply end it; the rest of it is hung up. */
const MOVES: readonly { readonly share: number; readonly move: Move }[] = [
  { share: 0.07, move: giveAway },
  { share: 0.05, move: askAndJoin },
  { share: 0.05, move: parkForColleague },
]

/** What an agent does with a call in the end. */
type Move = (floor: Floor, session: LiveSession, partyId: string, chances: Chances) => void

/** An agent talks, perhaps has the other side on hold for a while, and ends the call or gives it to somebody else. */
export function letTalk(floor: Floor, session: LiveSession, { id }: LiveParty): void {
  const chances = floor.chancesOf(session)
  if (chances === undefined) return
  const talkMs = chances.length(TALK_MEDIAN_MS, TALK_BOUNDS)
  const heldMs = chances.happens(HELD_SHARE)
    ? chances.length(25 * SECOND_MS, { minMs: 4 * SECOND_MS, maxMs: 4 * MINUTE_MS })
    : 0
  if (heldMs > 0) holdFor(floor, session, id, { fromMs: talkMs * chances.between(0.2, 0.7), heldMs })
  const move = drawMove(chances)
  floor.after(talkMs + heldMs, () => {
    const { code } = session.party(id)
    if (code === 'Answered') move(floor, session, id, chances)
    else if (code === 'Hold') hangUp(session, id)
  })
}

function drawMove(chances: Chances): Move {
  let left = chances.between(0, 1)
  for (const { share, move } of MOVES) {
    if (left < share) return move
    left -= share
  }
  return end
}

function holdFor(
  floor: Floor,
  session: LiveSession,
  id: string,
  { fromMs, heldMs }: { readonly fromMs: number; readonly heldMs: number },
): void {
  floor.after(fromMs, () => {
    hold(session, id, 'phone')
    floor.after(heldMs, () => unhold(session, id, 'phone'))
  })
}

function end(_floor: Floor, session: LiveSession, partyId: string, chances: Chances): void {
  hangUp(session, chances.happens(0.5) ? partyId : (findOther(session, partyId)?.id ?? partyId))
}

/** Without asking: the phone of the colleague rings as for any other call. */
function giveAway(floor: Floor, session: LiveSession, partyId: string, chances: Chances): void {
  const colleague = chances.pick(floor.freePeople())
  if (colleague === undefined) end(floor, session, partyId, chances)
  else transfer(session, partyId, { kind: 'colleague', who: colleague })
}

/** The caller waits on hold while the agent asks a colleague; then the two are joined, or the agent goes on alone. */
function askAndJoin(floor: Floor, session: LiveSession, partyId: string, chances: Chances): void {
  const { owner, direction } = session.party(partyId)
  const colleague = chances.pick(floor.freePeople())
  if (colleague === undefined || owner === undefined || direction === 'Outbound') {
    end(floor, session, partyId, chances)
    return
  }
  hold(session, partyId, 'phone')
  const question = floor.open()
  callAgent(question, { kind: 'colleague', who: owner }, colleague)
  floor.after(chances.between(20, 45) * SECOND_MS, () => {
    const asking = findCaller(question)
    const isAnswered = question.present().some(({ role, code }) => role === 'called' && code === 'Answered')
    if (asking !== undefined && isAnswered) bridge({ session, partyId }, { session: question, partyId: asking.id })
    else {
      if (asking !== undefined && question.present().some(({ code }) => isRinging(code))) hangUp(question, asking.id)
      unhold(session, partyId, 'phone')
      floor.after(chances.between(5, 20) * SECOND_MS, () => end(floor, session, partyId, chances))
    }
  })
  // Whoever was joined has nobody left to end it for them.
  floor.after(chances.between(60, 240) * SECOND_MS, () => {
    const [first] = session.present()
    if (session.partner !== undefined && first !== undefined) hangUp(session, first.id)
  })
}

/** A colleague takes the parked call after a while; a caller who waits too long is gone. */
function parkForColleague(floor: Floor, session: LiveSession, partyId: string, chances: Chances): void {
  park(floor.calls, session, partyId)
  floor.after(chances.between(8, 70) * SECOND_MS, () => {
    const colleague = chances.pick(floor.freePeople())
    const { direction } = session.party(partyId)
    if (colleague === undefined || direction === 'Outbound') {
      const other = findOther(session, partyId)
      if (other !== undefined) hangUp(session, other.id)
    } else letTalk(floor, session, session.party(pickUp(floor.calls, session, partyId, colleague)))
  })
}
