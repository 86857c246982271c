import { createGroups, type Groups } from './journey.ts'
import { compareIds } from './leg.ts'
import { describeSelf, isSameParty, selectOtherSide } from './other-side.ts'
import { isOutside } from './outside.ts'
import { selectMine, selectRole } from './roles.ts'
import type { Call, Leg } from './state.ts'
import type { Tie } from './ties.ts'
import type { Counterpart } from './view.ts'

/**
 * The sessions through which one call goes on for a person, the first one first: when calls are merged all go on in the room of
 * the conference, and somebody who is moved goes on where they were moved to. One alone: the call goes on nowhere else.
 */
export function selectCourse(call: Call, extensionId: string, ties: readonly Tie[]): readonly Call[] {
  const course = [call]
  for (let next = findNext(call, extensionId, ties); next !== undefined && !course.includes(next); ) {
    course.push(next)
    next = findNext(next, extensionId, ties)
  }
  return course
}

function findNext(call: Call, extensionId: string, ties: readonly Tie[]): Call | undefined {
  const mine = selectMine(call, extensionId)
  if (mine.some(({ end }) => end === undefined)) return undefined
  const isMine = (leg: Leg | undefined) => leg?.extensionId === extensionId
  const next = ties.find(
    ({ from, to, leg, kind }) =>
      from === call && to !== undefined && kind === 'goesOn' && (isMine(leg) || isRoom(to)) && isIn(to, extensionId),
  )
  return next?.to
}

function isIn(call: Call, extensionId: string): boolean {
  return selectMine(call, extensionId).some((leg) => selectRole(call, leg) === 'person')
}

/** Whether a session is where a conference meets. */
export function isRoom({ origin, legs }: Call): boolean {
  return (
    origin === 'Conference' || (legs.length > 0 && legs.every(({ conferenceRole }) => conferenceRole !== undefined))
  )
}

/** Sessions that are tied otherwise than by being merged: there calls stay calls of their own. */
export function groupUnmerged(calls: readonly Call[], ties: readonly Tie[]): Groups {
  const groups = createGroups(calls.map(({ telephonySessionId }) => telephonySessionId))
  for (const tie of ties)
    if (tie.to !== undefined && !isMerge(tie)) groups.join(tie.from.telephonySessionId, tie.to.telephonySessionId)
  return groups
}

/** Whether calls meet by a tie and stay calls of their own: in the room of a conference, or in the call that others are merged into. */
function isMerge({ to, leg }: Tie): boolean {
  return (to !== undefined && isRoom(to)) || leg.end?.reason === 'Conference'
}

/** Whom a person has on the other side in the course of a call: the customer, once there is one. */
export function selectOther(
  course: readonly Call[],
  extensionId: string,
  ties: readonly Tie[],
): Counterpart | undefined {
  let other: Counterpart | undefined
  for (const call of course) {
    if (other !== undefined && isOutside(other)) return other
    const named = isRoom(call) ? undefined : selectOtherSide(call, extensionId, ties)
    const there = course[0] === call ? [] : listOthers(call, extensionId).filter(isOutside)
    other = named !== undefined && (other === undefined || isOutside(named)) ? named : (there[0] ?? other ?? named)
  }
  return other ?? listOthers(course[0], extensionId)[0]
}

/** Who else is in the room that a call goes on in, apart from the other side; none where it is no conference. */
export function selectConferenceWith(
  course: readonly Call[],
  other: Counterpart | undefined,
  { extensionId, merged }: { readonly extensionId: string; readonly merged: readonly Counterpart[] },
): readonly Counterpart[] {
  const room = course.at(-1)
  if (room === undefined || !isRoom(room)) return []
  const found: Counterpart[] = []
  for (const one of [...merged, ...listOthers(room, extensionId)]) {
    if (one.name === undefined && one.phoneNumber === undefined) continue
    if ((other === undefined || !isSameParty(one, other)) && !found.some((known) => isSameParty(known, one)))
      found.push(one)
  }
  return found
}

/** The people of a session other than this one, as the platform counted them. */
function listOthers(call: Call | undefined, extensionId: string): readonly Counterpart[] {
  if (call === undefined) return []
  return call.legs
    .filter((leg) => leg.extensionId !== extensionId && selectRole(call, leg) === 'person')
    .toSorted((a, b) => compareIds(a.id, b.id))
    .map(describeSelf)
}
