import type { Person } from '../people.ts'
import type { LiveCalls } from './live-calls.ts'
import type { LiveParty } from './live-party.ts'
import type { LiveSession } from './live-session.ts'
import { CallStateError, hasLeft, isRinging, type Operation } from './party-state.ts'
import { answer, hold, unhold } from './steps/connected.ts'
import { hangUp } from './steps/leave.ts'
import { forward, transfer } from './steps/move.ts'
import { park, pickUp } from './steps/park.ts'
import type { Target } from './steps/ring.ts'

export type CallState = 'waiting' | 'ringing' | 'talking' | 'on hold' | 'parked' | 'leaving a message' | 'ended'

/** Who calls, and who is called: the agent who has the call now. */
export type Side = 'caller' | 'agent'

/** A call that somebody steers by hand. Each step tells the events that the platform tells for it. */
export interface Call {
  readonly telephonySessionId: string
  /** Who can do what now depends on it; the phone page shows it. */
  state(): CallState
  isOnHoldBy(side: Side): boolean
  /** Picks up; of several who ring, the first unless named by extension id. */
  answer(extensionId?: string): void
  /** Puts the other side on hold. An outside caller's own hold is unknown to the platform, so only the agent's counts there. */
  hold(by?: Side): void
  unhold(by?: Side): void
  /** Gives the call to somebody else without asking: a ringing one is forwarded. */
  transfer(target: Target): void
  /** Parks at the first free place. */
  park(): void
  /** A colleague takes the parked call. */
  pickUp(colleague: Person): void
  /** Ends the call; an agent who has not answered declines it. */
  hangUp(by: Side): void
  /** Resolves when all that was told so far has been answered. */
  settled(): Promise<void>
}

/** A session as somebody holds it in their hand. */
export function createCall(calls: LiveCalls, session: LiveSession): Call {
  const called = (): LiveParty[] => session.present().filter(({ role }) => role === 'called')
  const findAgent = (): LiveParty | undefined =>
    called().find(({ code }) => !isRinging(code)) ??
    called()[0] ??
    session.parties().find(({ role }) => role === 'called')
  const find = (side: Side): LiveParty | undefined =>
    side === 'agent' ? findAgent() : session.parties().find(({ role }) => role === 'caller')

  const require = (side: Side, operation: Operation): LiveParty => {
    const party = find(side)
    if (session.isOver() || party === undefined) throw new CallStateError(operation, 'it is over')
    return party
  }
  const holdsOf = (side: Side): boolean => find(side)?.code === 'Hold'

  /** While it rings nobody can hold, also not the caller, whose party is answered already. */
  const requireConnected = (side: Side, operation: Operation): LiveParty => {
    const agent = require('agent', operation)
    if (isRinging(agent.code)) throw new CallStateError(operation, 'it is still ringing')
    return side === 'agent' ? agent : require(side, operation)
  }

  return {
    telephonySessionId: session.telephonySessionId,
    state() {
      if (session.isOver()) return 'ended'
      const queue = session.present().find(({ role }) => role === 'queue')
      if (queue?.code === 'VoiceMail') return 'leaving a message'
      if (queue !== undefined && called().length === 0) return 'waiting'
      const agent = findAgent()
      if (agent === undefined || hasLeft(agent.code)) return 'talking'
      if (isRinging(agent.code)) return 'ringing'
      if (agent.code === 'Parked') return 'parked'
      if (agent.code === 'VoiceMail') return 'leaving a message'
      return holdsOf('agent') || holdsOf('caller') ? 'on hold' : 'talking'
    },
    isOnHoldBy: holdsOf,
    answer(extensionId) {
      const ringing = called().find((party) => isRinging(party.code) && party.extensionId === extensionId)
      answer(session, (ringing ?? require('agent', 'answer')).id)
    },
    hold(by = 'agent') {
      const party = requireConnected(by, 'hold')
      if (by === 'caller' && party.owner === undefined) {
        throw new CallStateError('hold', 'the platform would not know of an outside caller’s hold')
      }
      if (party.holds.has('phone')) throw new CallStateError('hold', `the ${by} did that already`)
      hold(session, party.id, 'phone')
    },
    unhold(by = 'agent') {
      const party = requireConnected(by, 'unhold')
      if (!party.holds.has('phone')) throw new CallStateError('unhold', `the ${by} has not put it on hold`)
      unhold(session, party.id, 'phone')
    },
    transfer(target) {
      const agent = require('agent', 'transfer')
      const give = isRinging(agent.code) ? forward : transfer
      give(session, agent.id, target)
    },
    park: () => park(calls, session, require('agent', 'park').id),
    pickUp: (colleague) => void pickUp(calls, session, require('agent', 'pickup').id, colleague),
    hangUp: (by) => hangUp(session, require(by, 'hang up').id),
    settled: () => session.settled(),
  }
}
