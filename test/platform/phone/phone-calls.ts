import { unreachable } from '../../../shared/assert.ts'
import { type Call, type CallState, createCall } from '../calls/call.ts'
import type { LiveCalls } from '../calls/live-calls.ts'
import type { NotificationEndpoint, NotificationParty } from '../calls/notification.ts'
import { hasLeft, type Session } from '../calls/sessions.ts'
import type { Person } from '../people.ts'
import type { PlayedScenarios } from '../scenarios/played-scenarios.ts'

/** A call as the phone page lists it. */
export interface ListedCall {
  readonly telephonySessionId: string
  readonly title: string
  readonly state: ListedState
  /** The event that happened last: `event 8, Answered (Bea Lindqvist)`. */
  readonly lastEvent: string
  /** What can be done by hand now; with the call of a scenario it is taken over by that. */
  readonly steps: readonly CallStep[]
}

/** A call that is steered knows most; the others come with scenarios. */
export type ListedState = CallState | 'starting' | 'sending a fax'

export const CALL_STEPS = ['answer', 'hold', 'unhold', 'transfer', 'park', 'pick-up', 'hang-up'] as const
export type CallStep = (typeof CALL_STEPS)[number]

/** Who works somewhere, by account and extension id. */
export type FindPerson = (accountId: string, extensionId: string) => Person | undefined

export interface ListedWorld {
  /** Those that are steered. */
  readonly calls: LiveCalls
  /** A call that is played as it would be if it were steered. */
  readonly look: PlayedScenarios['look']
  readonly findPerson: FindPerson
}

/** Lists sessions for the phone page. */
export function listCalls(
  sessions: readonly Session[],
  { calls, look, findPerson }: ListedWorld,
): readonly ListedCall[] {
  return sessions.map((session) => {
    const live = calls.find(session.telephonySessionId)
    const call = live?.originType === 'Conference' || live === undefined ? undefined : createCall(calls, live)
    const isPlayed = live === undefined && !session.isOver && session.origin.type !== 'Conference'
    const steered = isPlayed ? createCall(calls, look(session)) : call
    return {
      telephonySessionId: session.telephonySessionId,
      title: describeEnds(session),
      state: call?.state() ?? selectState(session, findPerson),
      lastEvent: describeLastChange(session, findPerson),
      steps: steered === undefined ? [] : selectSteps(steered),
    }
  })
}

function selectSteps(call: Call): readonly CallStep[] {
  const state = call.state()
  switch (state) {
    case 'ringing':
      return ['answer', 'transfer', 'hang-up']
    case 'talking':
    case 'on hold':
      return [call.isOnHoldBy('agent') ? 'unhold' : 'hold', 'transfer', 'park', 'hang-up']
    case 'parked':
      return ['pick-up', 'hang-up']
    case 'waiting':
    case 'leaving a message':
      return ['hang-up']
    case 'ended':
      return []
    default:
      return unreachable(state)
  }
}

/** The state of a call that goes its own way. Of those who are called, whoever was called last counts. */
function selectState({ parties, isOver }: Session, findPerson: FindPerson): ListedState {
  if (isOver) return 'ended'
  const present = parties.filter((party) => !hasLeft(party) && !isMachine(party, findPerson))
  const codes = new Set(present.map(({ status }) => status.code))
  if (codes.has('Hold')) return 'on hold'
  const called = present.findLast((party) => party.direction === 'Inbound')
  if (called !== undefined) return STATES_OF_CALLED[called.status.code] ?? 'starting'
  // Nobody who was called is here: they went to another session, or on to another device as a calling party.
  const connected = present.filter(({ status }) => status.code === 'Answered')
  const someWentElsewhere = parties.some(({ status }) => status.code === 'Gone')
  return connected.length > 1 || (connected.length === 1 && someWentElsewhere) ? 'talking' : 'starting'
}

const STATES_OF_CALLED: Readonly<Record<string, ListedState>> = {
  Proceeding: 'ringing',
  Answered: 'talking',
  Parked: 'parked',
  VoiceMail: 'leaving a message',
  VMScreening: 'leaving a message',
  FaxReceive: 'sending a fax',
}

/** A menu or a queue: an extension of the account that is nobody's. */
function isMachine({ accountId, extensionId }: NotificationParty, findPerson: FindPerson): boolean {
  return extensionId !== undefined && findPerson(accountId, extensionId) === undefined
}

function describeEnds({ origin, parties }: Session): string {
  if (origin.type === 'Conference') return 'Conference'
  const called = parties.findLast((party) => party.direction === 'Inbound') ?? parties.at(-1)
  if (called === undefined) return 'Unknown'
  return `${describeEnd(withoutQueueName(called))} → ${describeEnd(called.to)}`
}

/** The caller of an agent who is rung in a queue's name: there the queue's name stands before the caller's. */
function withoutQueueName({ queueCall, from, to }: NotificationParty): NotificationEndpoint {
  if (!queueCall || from.name === undefined) return from
  return { ...from, name: from.name.replace(`${to.name} - `, '') }
}

function describeEnd({ name, phoneNumber }: NotificationEndpoint): string {
  return name ?? phoneNumber ?? 'Withheld number'
}

function describeLastChange({ parties, lastChange }: Session, findPerson: FindPerson): string {
  const party = parties.find(({ id }) => id === lastChange.partyId)
  const whose = party === undefined ? '' : ` (${describeRole(party, findPerson)})`
  return `event ${lastChange.sequence}, ${lastChange.code}${whose}`
}

function describeRole({ accountId, extensionId, direction, to }: NotificationParty, findPerson: FindPerson): string {
  // A queue's agent is called in the queue's name.
  const person = extensionId === undefined ? undefined : findPerson(accountId, extensionId)
  if (person !== undefined) return person.name
  return direction === 'Outbound' ? 'caller' : (to.name ?? to.phoneNumber ?? 'called party')
}
