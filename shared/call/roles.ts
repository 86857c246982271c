import { compareIds, hasBeenReached, selectConnected, selectFirst, selectStart } from './leg.ts'
import { isOutside } from './outside.ts'
import type { Call, Leg, LegState } from './state.ts'

/**
 * What a leg is in its call: somebody who talks, a place where the call only passes through (a menu, a queue, the parking place
 * that somebody dialled to fetch a call), or somebody who listens in. Only people talk to each other: the other two never make
 * a two-way talk.
 */
export type Role = 'person' | 'passage' | 'listener'

/** `monitorIds`: parties that are known from other sessions to listen in, see journey.ts. */
export function selectRole(call: Call, leg: Leg, monitorIds: ReadonlySet<string> = NOBODY): Role {
  if (monitorIds.has(leg.id) || isListening(leg)) return 'listener'
  return hasPassedOn(call, leg) || isQueue(call, leg) ? 'passage' : 'person'
}

const NOBODY: ReadonlySet<string> = new Set()

/** One who came to supervise, or was muted in everything that was ever told of them. */
function isListening(leg: Leg): boolean {
  return leg.end?.reason === 'Supervising' || !leg.wasHeard
}

function hasPassedOn(call: Call, leg: Leg): boolean {
  const { end } = leg
  if (end?.kind === 'gone') return end.reason === 'Pickup' && hasOnlyFetched(call, leg)
  return (end?.reason === 'AgentAnswered' || end?.reason === 'CallerInputRedirect') && !hasOnlyRung(leg)
}

/**
 * Whether a leg is a phone that nobody picked up: an agent's while another answers the queue's call, or one whose mailbox told the
 * caller to press a key. Menus and queues do not ring, or else they answer.
 */
function hasOnlyRung(leg: Leg): boolean {
  return selectFirst(leg, 'ring') !== undefined && selectConnected(leg) === undefined
}

/**
 * Whether a leg that is Gone with Pickup is the one that dialled for the call. The leg that the call was taken from may be Gone
 * with Pickup as well: that one was parked, or was called, or reached somebody.
 */
function hasOnlyFetched({ legs }: Call, leg: Leg): boolean {
  if (selectDirection(leg) === 'Inbound' || selectFirst(leg, 'parked') !== undefined) return false
  const dialled = leg.to.phoneNumber ?? ''
  if (dialled.startsWith('*')) return true
  // Parking places are dialled by a code or an extension, never by a number of the outside world.
  return !dialled.startsWith('+') && !legs.some((other) => other !== leg && hasBeenReached(other))
}

/** Agents are rung in the queue's name: the owner of the extension that calls them is the queue itself. */
export function isQueue({ legs }: Call, leg: Leg): boolean {
  if (leg.extensionId === undefined) return false
  for (const other of legs) {
    if (other.queueCall && other.to.extensionId === leg.extensionId && other.extensionId !== leg.extensionId)
      return true
  }
  return false
}

/**
 * Whether a party calls or is called, put right where the platform's direction is that of the technical leg: by RingOut a
 * person's own phone is rung first, so that the person who calls looks called.
 */
export function selectDirection(leg: Leg): 'Inbound' | 'Outbound' {
  if (leg.ringOutRole === 'Initiator') return 'Outbound'
  if (leg.ringOutRole === 'Target') return 'Inbound'
  return leg.direction ?? 'Inbound'
}

/** The party that began the call: the first one that calls. `undefined` while no event tells of it. */
export function selectCaller(call: Call): Leg | undefined {
  return sortLegs(call.legs.filter((leg) => selectDirection(leg) === 'Outbound'))[0]
}

/**
 * My legs as the platform counted them. Several: a call to oneself, a switch of devices, a phone that rang twice. What I asked a
 * colleague is another matter than what comes to me later in that session: whom I left to them they send back to me.
 */
export function selectMine(call: Call, extensionId: string): readonly Leg[] {
  const mine = sortLegs(call.legs.filter((leg) => leg.extensionId === extensionId))
  return mine.length < 2 || !hasAsked(mine[0]) ? mine : selectSentBack(mine)
}

function selectSentBack(mine: readonly Leg[]): readonly Leg[] {
  const sent = mine.findIndex((leg) => selectDirection(leg) === 'Inbound' && isOutside(leg.from))
  return sent > 0 && mine.slice(0, sent).every(hasAsked) ? mine.slice(sent) : mine
}

/** Whether I called a colleague by this leg. */
function hasAsked(leg: Leg | undefined): boolean {
  if (leg?.direction !== 'Outbound' || leg.to.extensionId === leg.extensionId) return false
  return !isOutside(leg.to) && !leg.to.phoneNumber?.startsWith('*')
}

/**
 * The leg that matters now: the first that has not ended, else the last. One that was last heard of before a later one began
 * has ended: its event is still on its way, or lost. A call that I am in goes on until the later leg is answered, and one that waits
 * for me goes on waiting when that rings in vain.
 */
export function selectCurrent(mine: readonly Leg[]): Leg | undefined {
  return mine.find((leg, index) => leg.end === undefined && !isSuperseded(leg, mine.slice(index + 1))) ?? mine.at(-1)
}

function isSuperseded({ current, lastSequence }: Leg, later: readonly Leg[]): boolean {
  // What an answer of the platform tells it told later than any event.
  if (lastSequence === undefined || current?.from.sequence === undefined) return false
  return later.some(
    (leg) => lastSequence < (selectStart(leg).sequence ?? Number.POSITIVE_INFINITY) && takesOver(leg, current.state),
  )
}

/** Whether a later leg of mine may be what became of a call in this state. */
function takesOver(leg: Leg, state: LegState): boolean {
  if (selectConnected(leg) !== undefined) return true
  return state === 'parked' ? leg.end === undefined : state !== 'talk' && state !== 'hold'
}

/** Whether only these legs are seen in the call: then what they say themselves is all there is to go by. */
export function isSeenAlone({ legs }: Call, mine: readonly Leg[]): boolean {
  return legs.length === mine.length
}

export function sortLegs<L extends Leg>(legs: readonly L[]): readonly L[] {
  return legs.length < 2 ? legs : legs.toSorted((a, b) => compareIds(a.id, b.id))
}
