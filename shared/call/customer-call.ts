import { groupUnmerged, isRoom, selectCourse, selectOther } from './course.ts'
import type { Groups, Journey } from './journey.ts'
import { compareIds, hasBeenReached, selectStart } from './leg.ts'
import { describeSelf, selectOtherSide } from './other-side.ts'
import { isOutside } from './outside.ts'
import { selectDirection, selectMine, selectRole } from './roles.ts'
import type { Call } from './state.ts'
import type { Tie } from './ties.ts'
import { selectCounterpart } from './view.ts'

/**
 * What is one call to the customer is often several sessions to the platform: the call, the colleague who was asked meanwhile,
 * the number that was dialled to fetch it from its parking place, the room of a conference. Here it is decided, once for
 * everybody who counts or shows calls, which sessions of a person are a call and which are a part of one.
 *
 * - A **call** counts, and is known by its own id.
 * - A **consultation** is a session that a transfer tied to a call: a colleague was asked about the customer.
 * - A **continuation** is a session in which a call of theirs goes on: the room of a conference, or where they were moved to.
 *   Several calls that were merged go on in one room; the time in it belongs to the one that began first.
 * - A **passage** is what was dialled to get at a call; it reaches nobody by itself.
 * - A **listener** heard a call that others had.
 */
const PART_KINDS = ['call', 'consultation', 'continuation', 'passage', 'listener'] as const
export type PartKind = (typeof PART_KINDS)[number]

/** One session of a person, as it counts for them. */
export interface Part {
  readonly call: Call
  readonly kind: PartKind
  /** The session by which the call is known that this is a part of, its own for a `call`; `undefined`: a part of none. */
  readonly customerCallId: string | undefined
}

/** Every session of a journey in which the person has a leg, by the start of theirs. `ties`: those of the journey. */
export function selectParts(journey: Journey, extensionId: string, ties: readonly Tie[]): readonly Part[] {
  const sessions = journey.calls
    .flatMap((call) => describeSession(call, extensionId, journey, ties) ?? [])
    .sort((a, b) => a.startMs - b.startMs || compareIds(a.id, b.id))
  const groups = groupUnmerged(journey.calls, ties)
  const continued = listContinued(sessions, extensionId, ties)
  const leads = selectLeads(sessions, continued, groups)
  return sessions.map(({ id, call, kind }) => {
    if (leads.some((lead) => lead.id === id)) return { call, kind: 'call', customerCallId: id }
    const lead = leads.find((one) => groups.find(one.id) === groups.find(id)) ?? leads[0]
    const customerCallId = kind === 'listener' ? undefined : lead?.id
    if (kind !== 'call') return { call, kind, customerCallId }
    return { call, kind: continued.has(call) ? 'continuation' : 'consultation', customerCallId }
  })
}

/**
 * Sessions in which a call of theirs goes on that began before. A call may come back to where it began, and began there; and one that
 * is merged into a call from before is a call of its own, like that.
 */
function listContinued(sessions: readonly Session[], extensionId: string, ties: readonly Tie[]): ReadonlySet<Call> {
  const continued = new Set<Call>()
  for (const [index, { kind, call }] of sessions.entries()) {
    if (kind !== 'call' || continued.has(call)) continue
    const later = sessions.slice(index + 1).map((session) => session.call)
    for (const one of selectCourse(call, extensionId, ties)) if (later.includes(one)) continued.add(one)
  }
  return continued
}

interface Session {
  readonly id: string
  readonly call: Call
  readonly kind: Exclude<PartKind, 'consultation'>
  readonly startMs: number
  readonly isOutside: boolean
  readonly isIncoming: boolean
}

function describeSession(
  call: Call,
  extensionId: string,
  { monitorIds }: Journey,
  ties: readonly Tie[],
): Session | undefined {
  const mine = selectMine(call, extensionId)
  const first = mine[0]
  if (first === undefined) return undefined
  // Whom a conference brings together with a colleague is the other side of another call.
  const course = selectCourse(call, extensionId, ties).filter((one) => one === call || !isRoom(one))
  const other = selectOther(course, extensionId, ties)
  const roles = new Set(mine.map((leg) => selectRole(call, leg, monitorIds)))
  const isIncoming = selectDirection(first) === 'Inbound'
  const hasDialledCode = !isIncoming && isFeatureCode(selectCounterpart(first).phoneNumber)
  const isCode = hasDialledCode && !hasReachedOutside(call, extensionId, ties)
  const kindOfPerson = isHostedRoom(call, extensionId) ? 'continuation' : isCode ? 'passage' : 'call'
  return {
    id: call.telephonySessionId,
    call,
    kind: roles.has('person') ? kindOfPerson : roles.has('passage') ? 'passage' : 'listener',
    startMs: selectStart(first).timeMs,
    isOutside: other !== undefined && isOutside(other),
    isIncoming,
  }
}

/**
 * Whether a code for a parking place, voicemail or the like was dialled; no subscriber's number begins so. A longer one has a number
 * behind it: `*67` withholds one's own from whoever is called.
 */
export function isFeatureCode(dialled: string | undefined): boolean {
  return /^\*\d{0,7}#?$/.test(dialled ?? '')
}

/**
 * A code may reach somebody after all: the last caller (`*69`), or one who was parked and is brought into this session. A place that is
 * told as a party of its own, by the code, is nobody, unless somebody comes to it.
 */
function hasReachedOutside(call: Call, extensionId: string, ties: readonly Tie[]): boolean {
  const other = selectOtherSide(call, extensionId, ties)
  if (other !== undefined && isOutside(other)) return true
  return call.legs.some(
    (leg) => leg.extensionId === undefined && hasBeenReached(leg) && !isFeatureCode(describeSelf(leg).phoneNumber),
  )
}

/** Whether a room is none that the person was called into: nobody's phone rings where calls are merged. */
function isHostedRoom(call: Call, extensionId: string): boolean {
  return (
    isRoom(call) &&
    !selectMine(call, extensionId).some(({ intervals, current }) => {
      return current?.state === 'ring' || intervals.some(({ state }) => state === 'ring')
    })
  )
}

/**
 * Of the sessions that a transfer tied together each in which somebody from outside called is a call of its own, and so is the first
 * with somebody from outside; where there is none, the first. What was merged with customers' calls is a consultation if it is with nobody from
 * outside.
 */
function selectLeads(sessions: readonly Session[], continued: ReadonlySet<Call>, groups: Groups): readonly Session[] {
  const candidates = sessions.filter(({ kind, call }) => kind === 'call' && !continued.has(call))
  const leads = candidates.filter((session) => {
    const together = candidates.filter(({ id }) => groups.find(id) === groups.find(session.id))
    const first = together.find((one) => one.isOutside) ?? together[0]
    return session === first || (session.isOutside && session.isIncoming)
  })
  const outside = leads.filter((lead) => lead.isOutside)
  return outside.length > 0 ? outside : leads
}
