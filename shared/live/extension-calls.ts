import { type LinkedJourney, type MyCall, selectCallsOf } from '../call/my-calls.ts'
import type { Outcome } from '../call/outcome.ts'
import { selectMine } from '../call/roles.ts'
import type { Call } from '../call/state.ts'
import type { Counterpart, Phase } from '../call/view.ts'
import { measureMyCall } from '../metrics/my-call.ts'
import type { ExtensionState, LiveCall } from './types.ts'

/** A call of an extension that has ended for it, whether or not it goes on for others. */
export interface EndedCall {
  readonly telephonySessionId: string
  readonly startedMs: number
  readonly endedMs: number
  readonly direction: 'Inbound' | 'Outbound'
  readonly outcome: Outcome
  readonly counterpart: Counterpart
  readonly queueId: string | undefined
  readonly ringMs: number
  readonly talkMs: number
  readonly holdMs: number
  /** The sessions that it went on in, its own first. */
  readonly sessions: readonly string[]
}

/** What one extension has of some sessions. */
export interface ExtensionCalls {
  readonly live: readonly LiveCall[]
  readonly ended: readonly EndedCall[]
}

/** `journeys`: everything that is tied together. */
export function selectExtensionCalls(journeys: readonly LinkedJourney[], extensionId: string): ExtensionCalls {
  const mine = journeys.flatMap((linked) => selectCallsOf(linked, extensionId))
  const isLive = ({ view }: MyCall) => view.phase !== 'ended'
  const leads = new Set(mine.filter((one) => one.kind === 'call' && isLive(one)).map(idOf))
  return {
    // What is a part of a call that goes on is shown with that.
    live: mine
      .filter((one) => isLive(one) && (leads.has(idOf(one)) || !leads.has(one.customerCallId ?? '')))
      .map((one) => describeLive(one, extensionId)),
    ended: mine.flatMap((one) =>
      one.kind === 'call' && one.view.outcome !== undefined && !isLive(one)
        ? describeEnded(one, one.view.outcome, extensionId)
        : [],
    ),
  }
}

function idOf({ call }: MyCall): string {
  return call.telephonySessionId
}

function describeLive({ call, view, kind }: MyCall, extensionId: string): LiveCall {
  const { phase, phaseSinceMs, queueName } = view
  return {
    telephonySessionId: call.telephonySessionId,
    currentSessionId: view.currentSessionId,
    partyId: view.legId,
    direction: view.direction,
    state: kind === 'listener' ? 'listening' : STATE_OF_PHASE[phase],
    phase,
    sinceMs: phaseSinceMs,
    startedMs: view.startedMs,
    holdingSinceMs: phase === 'onHold' ? phaseSinceMs : undefined,
    counterpart: view.counterpart,
    queueId: selectQueueId(call, extensionId),
    queueName,
  }
}

const STATE_OF_PHASE: Readonly<Record<Phase, Exclude<ExtensionState, 'wrapUp' | 'idle'>>> = {
  ringing: 'ringing',
  calling: 'dialling',
  talking: 'talking',
  onHold: 'holding',
  parked: 'parked',
  voicemail: 'other',
  fax: 'other',
  replied: 'other',
  other: 'other',
  ended: 'other',
}

function describeEnded(mine: MyCall, outcome: Outcome, extensionId: string): EndedCall {
  const { call, view, course, parts } = mine
  const figures = measureMyCall(mine, extensionId, noneMissing)?.agent
  return {
    telephonySessionId: call.telephonySessionId,
    startedMs: view.startedMs,
    endedMs: view.phaseSinceMs,
    direction: view.direction,
    outcome,
    counterpart: view.counterpart,
    queueId: selectQueueId(call, extensionId),
    ringMs: figures?.ring.ms ?? 0,
    talkMs: figures?.talk.ms ?? 0,
    holdMs: figures?.hold.ms ?? 0,
    sessions: [...new Set([...course, ...parts].map(({ telephonySessionId }) => telephonySessionId))],
  }
}

/** A missing event changes no figure, only what is said of it. */
const noneMissing = (): readonly number[] => []

/** The queue in whose name the extension's phone was rung. */
function selectQueueId(call: Call, extensionId: string): string | undefined {
  const first = selectMine(call, extensionId)[0]
  return first?.queueCall && first.to.extensionId !== extensionId ? first.to.extensionId : undefined
}
