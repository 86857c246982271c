import type { Call, CallState } from './calls.ts'
import type { NotificationEndpoint, NotificationParty } from './notification.ts'
import { hasLeft, type Session } from './sessions.ts'

/** A call as the phone page lists it. */
export interface ListedCall {
  readonly telephonySessionId: string
  readonly title: string
  readonly state: CallState | 'starting'
  /** The event that happened last: `event 8, Answered (Bea Lindqvist)`. */
  readonly lastEvent: string
  /** What can be done by hand now; empty for a replayed call, which goes its recorded way. */
  readonly steps: readonly CallStep[]
}

export type CallStep = 'answer' | 'hold' | 'unhold' | 'hang-up'

/** Lists sessions for the phone page; `calls` are those that are steered by hand. */
export function listCalls(sessions: readonly Session[], calls: ReadonlyMap<string, Call>): readonly ListedCall[] {
  return sessions.map((session) => {
    const call = calls.get(session.telephonySessionId)
    return {
      telephonySessionId: session.telephonySessionId,
      title: describeEnds(session),
      state: call?.state() ?? selectState(session),
      lastEvent: describeLastChange(session),
      steps: call === undefined ? [] : selectSteps(call),
    }
  })
}

function selectSteps(call: Call): readonly CallStep[] {
  switch (call.state()) {
    case 'ringing':
      return ['answer', 'hang-up']
    case 'talking':
    case 'on hold':
      return [call.isOnHoldBy('agent') ? 'unhold' : 'hold', 'hang-up']
    case 'ended':
      return []
  }
}

/** The state of a replayed call. Whoever was called last counts: a menu answers nothing and leaves. */
function selectState({ parties, isOver }: Session): CallState | 'starting' {
  if (isOver) return 'ended'
  if (parties.some(({ status }) => status.code === 'Hold')) return 'on hold'
  const called = parties.findLast((party) => party.direction === 'Inbound' && !hasLeft(party))
  if (called?.status.code === 'Answered') return 'talking'
  return called?.status.code === 'Proceeding' ? 'ringing' : 'starting'
}

function describeEnds({ parties }: Session): string {
  const called = parties.findLast((party) => party.direction === 'Inbound') ?? parties.at(-1)
  if (called === undefined) return 'Unknown'
  return `${describeEnd(called.from)} → ${describeEnd(called.to)}`
}

function describeEnd({ name, phoneNumber }: NotificationEndpoint): string {
  return name ?? phoneNumber ?? 'Withheld number'
}

function describeLastChange({ parties, lastChange }: Session): string {
  const party = parties.find(({ id }) => id === lastChange.partyId)
  const whose = party === undefined ? '' : ` (${describeRole(party)})`
  return `event ${lastChange.sequence}, ${lastChange.code}${whose}`
}

function describeRole({ direction, to }: NotificationParty): string {
  return direction === 'Outbound' ? 'caller' : (to.name ?? to.phoneNumber ?? 'called party')
}
