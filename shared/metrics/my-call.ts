import { isRoom } from '../call/course.ts'
import { createGroups } from '../call/journey.ts'
import { selectConnected, selectFirst, selectStart } from '../call/leg.ts'
import type { MyCall } from '../call/my-calls.ts'
import { describeSelf, isSameParty } from '../call/other-side.ts'
import { selectMine, selectRole } from '../call/roles.ts'
import type { Call, Leg, Mark } from '../call/state.ts'
import type { Tie } from '../call/ties.ts'
import { type AgentFigures, measureAgent } from './agent.ts'
import { type CallFigures, isTwoWayTalk, measureCall, selectTwoWayTalkStart } from './call.ts'
import { estimateCall, OUT_OF_SIGHT, OWN_LEG_ONLY } from './estimate.ts'
import { type Estimate, type Figure, sumFigure, uniteStretches } from './figure.ts'
import { findOpenStretch, findStretches, listChanges, type States } from './timeline.ts'

/**
 * One person's figures of a call, in all sessions that it went on in: each moment counts once. While a colleague was asked the
 * customer was on hold, and that is what this time counts as.
 */
export interface MyCallFigures {
  /** Ring of the session that the call began with; talk and hold of all that it went on in. */
  readonly agent: AgentFigures
  /** Of the conversation that the call is, through every session that it went on in. */
  readonly call: CallFigures
  /** Where the two-way talk that is going on began; `undefined` while there is none. */
  readonly twoWayTalkFrom: Mark | undefined
}

/** The numbers that are known to be missing in a session. */
export type MissingOf = (call: Call) => readonly number[]

/** `undefined` when the person has no leg in it. */
export function measureMyCall(mine: MyCall, extensionId: string, missingOf: MissingOf): MyCallFigures | undefined {
  const { call, course, parts, journey } = mine
  const { monitorIds } = journey
  const own = course.filter((one) => parts.includes(one))
  const agents = own.flatMap((one) => measureAgent(one, extensionId, missingOf(one), monitorIds) ?? [])
  const agent = mergeAgents(agents)
  if (agent === undefined) return undefined
  const whole = measureCall(call, missingOf(call), monitorIds)
  const sessions = listConversation(mine, extensionId)
  if (sessions.length === 1) {
    const twoWayTalk = {
      ...whole.twoWayTalk,
      estimates: [...whole.twoWayTalk.estimates, ...estimateSight(mine, extensionId)],
    }
    return { agent, call: { ...whole, twoWayTalk }, twoWayTalkFrom: selectTwoWayTalkStart(call, monitorIds) }
  }
  const changes = listChanges(sessions.flatMap(({ legs }) => legs))
  const isFulfilled = followConversation(mine, sessions)
  const isAlone = sessions.every(({ legs }) => legs.every((leg) => leg.extensionId === extensionId))
  const estimates = distinct([
    ...(isAlone ? [OWN_LEG_ONLY] : []),
    ...sessions.flatMap((one) => estimateCall(one, missingOf(one)).filter(({ because }) => because !== 'ownLegOnly')),
    ...estimateSight(mine, extensionId),
  ])
  const twoWayTalk = sumFigure(findStretches(changes, isFulfilled), estimates)
  return {
    agent,
    call: { ...whole, twoWayTalk, callerWait: measureWait(whole, twoWayTalk) },
    twoWayTalkFrom: findOpenStretch(changes, isFulfilled),
  }
}

/**
 * The parts of a call, and of what it is tied to the sessions of others. A session that is another call of mine is one of those where it
 * had only rung for me, or that I had left before: I passed it on and have it back.
 */
function listConversation({ call, parts, journey }: MyCall, extensionId: string): readonly Call[] {
  const startMs = Math.min(...selectMine(call, extensionId).map((leg) => selectStart(leg).timeMs))
  const hasLeft = ({ end }: Leg) => end !== undefined && end.at.timeMs <= startMs
  const hasOnlyRung = (leg: Leg) =>
    selectFirst(leg, 'ring') !== undefined && selectConnected(leg) === undefined && selectStart(leg).timeMs < startMs
  const isOut = (leg: Leg) => hasLeft(leg) || hasOnlyRung(leg)
  return journey.calls.filter((one) => parts.includes(one) || selectMine(one, extensionId).every(isOut))
}

/** Whether people talk in the conversation that a call is: its own session, and others from the moment that ties them on. */
function followConversation({ call, course, journey, ties }: MyCall, sessions: readonly Call[]) {
  const homes = new Map(sessions.flatMap((one) => one.legs.map((leg) => [leg, one] as const)))
  const people = new Set(
    sessions.flatMap((one) => one.legs.filter((leg) => selectRole(one, leg, journey.monitorIds) === 'person')),
  )
  const room = course.find(isRoom)
  const inRoom = room?.legs.map(describeSelf) ?? []
  // The platform does not always end the legs of those who are in the room by now.
  const isLeftBehind = (leg: Leg) =>
    homes.get(leg) !== room && inRoom.some((one) => isSameParty(one, describeSelf(leg)))
  return (states: States, atMs: number): boolean => {
    const groups = createGroups(sessions.map(({ telephonySessionId }) => telephonySessionId))
    for (const { from, to, atMs: tiedMs } of ties)
      if (tiedMs <= atMs && to !== undefined) groups.join(from.telephonySessionId, to.telephonySessionId)
    const isHere = (one: Call | undefined) =>
      one !== undefined && groups.find(one.telephonySessionId) === groups.find(call.telephonySessionId)
    const isThere = (leg: Leg) => isHere(homes.get(leg)) && !(isHere(room) && isLeftBehind(leg))
    return isTwoWayTalk(new Map([...states].filter(([leg]) => isThere(leg))), people)
  }
}

/** Whoever was on the other side has gone to a session that cannot be seen, and somebody else may be there in their place. */
function estimateSight({ course, ties }: MyCall, extensionId: string): readonly Estimate[] {
  const isLost = course.some((one) => one.legs.some((leg) => isLostWith(leg, one, { extensionId, ties })))
  // A customer who took a colleague's place has no party of their own there.
  const isInPlace = ties.some(
    ({ kind, leg, to }) =>
      kind === 'connects' && leg.extensionId === undefined && to !== undefined && course.includes(to),
  )
  return isLost || isInPlace ? [OUT_OF_SIGHT] : []
}

/** Whether somebody left a session to connect me with one who cannot be seen. */
function isLostWith(
  leg: Leg,
  call: Call,
  { extensionId, ties }: { readonly extensionId: string; readonly ties: readonly Tie[] },
): boolean {
  if (leg.end === undefined || leg.extensionId === extensionId) return false
  const leftMs = leg.end.at.timeMs
  const isThere = ({ end }: Leg) => end === undefined || end.at.timeMs > leftMs
  if (!selectMine(call, extensionId).some(isThere)) return false
  const tie = ties.find((one) => one.leg === leg)
  if (tie !== undefined) return tie.kind === 'connects' && tie.to === undefined
  // Where they went is not always told.
  return leg.end.reason === 'AttendedTransfer' && !call.legs.some((o) => o.extensionId !== extensionId && isThere(o))
}

function measureWait({ callerWait }: CallFigures, { stretches, estimates }: Figure): Figure | undefined {
  const from = callerWait?.stretches[0]?.from
  const start = stretches[0]?.from
  if (from === undefined || start === undefined) return callerWait
  return sumFigure([{ from, to: start.timeMs < from.timeMs ? from : start }], estimates)
}

/** The first is the session that the call began with. */
function mergeAgents([first, ...others]: readonly AgentFigures[]): AgentFigures | undefined {
  if (first === undefined || others.length === 0) return first
  const all = [first, ...others]
  return {
    ring: first.ring,
    talk: uniteFigures(all.map(({ talk }) => talk)),
    hold: uniteFigures(all.map(({ hold }) => hold)),
    holdCount: all.reduce((sum, { holdCount }) => sum + holdCount, 0),
  }
}

/** The time in which at least one of them counts: what they have in common does not count twice. */
function uniteFigures(figures: readonly Figure[]): Figure {
  return sumFigure(
    uniteStretches(figures.flatMap(({ stretches }) => stretches)),
    distinct(figures.flatMap(({ estimates }) => estimates)),
  )
}

function distinct(estimates: readonly Estimate[]): readonly Estimate[] {
  return [...new Map(estimates.map((estimate) => [JSON.stringify(estimate), estimate])).values()]
}
