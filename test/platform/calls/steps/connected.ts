import { newRecordingId } from '../ids.ts'
import type { Hand, Recording } from '../live-party.ts'
import type { LiveSession, Step } from '../live-session.ts'
import { CallStateError, isRinging, requireState } from '../party-state.ts'

/** A ringing party is answered, at a phone that may be named. Whoever else rang for the same call stops. */
export function answer(session: LiveSession, partyId: string, deviceId?: string): void {
  const party = session.party(partyId)
  requireState('answer', party.code)
  if (party.direction !== 'Inbound') throw new CallStateError('answer', 'it is an outgoing call')
  const others = session.present().filter(({ id }) => id !== partyId)
  const callers = others.filter(({ role, code }) => role === 'caller' && isRinging(code))
  const queues = others.filter(({ role }) => role === 'queue')
  const colleagues = others.filter(({ role, code }) => role === 'called' && isRinging(code))
  const handOver = { code: 'Disconnected', reason: 'AgentAnswered' } as const
  session.tell([
    [0, partyId, { code: 'Answered', ...(deviceId !== undefined && { deviceId }) }],
    ...callers.map(({ id }): Step => [28, id, { code: 'Answered' }]),
    ...queues.map(({ id }): Step => [29, id, handOver]),
    ...colleagues.map(({ id }): Step => [47, id, handOver]),
  ])
}

/** A second hold by the other hand is no event: the party is on hold already. */
export function hold(session: LiveSession, partyId: string, hand: Hand): void {
  const party = session.party(partyId)
  requireState('hold', party.code)
  if (party.holds.has(hand)) throw new CallStateError('hold', `the ${NAMES[hand]} did that already`)
  session.note(partyId, { holds: new Set([...party.holds, hand]) })
  if (party.code === 'Answered') session.tell([[0, partyId, { code: 'Hold' }]])
}

/** The other hand's hold stays. */
export function unhold(session: LiveSession, partyId: string, hand: Hand): void {
  const party = session.party(partyId)
  requireState('unhold', party.code)
  if (!party.holds.has(hand)) throw new CallStateError('unhold', `the ${NAMES[hand]} has not put it on hold`)
  const holds = new Set([...party.holds].filter((one) => one !== hand))
  session.note(partyId, { holds })
  if (holds.size === 0) session.tell([[0, partyId, { code: 'Answered' }]])
}

const NAMES: Readonly<Record<Hand, string>> = { phone: 'phone', api: 'API' }

export function mute(session: LiveSession, partyId: string, muted: boolean): void {
  const party = session.party(partyId)
  requireState('mute', party.code)
  if (party.muted !== muted) session.tell([[0, partyId, { muted }]])
}

export function startRecording(session: LiveSession, partyId: string): Recording {
  const { code, recordings } = session.party(partyId)
  requireState('record', code)
  if (recordings.some(({ active }) => active)) throw new CallStateError('record', 'it is being recorded already')
  const recording = { id: newRecordingId(), active: true }
  session.tell([[0, partyId, { recordings: [...recordings, recording] }]])
  return recording
}

/** Pauses a recording or goes on with it; `undefined` when there is none with this id. */
export function pauseRecording(session: LiveSession, partyId: string, recording: Recording): Recording | undefined {
  const { code, recordings } = session.party(partyId)
  requireState('record', code)
  const before = recordings.find(({ id }) => id === recording.id)
  if (before === undefined) return undefined
  if (before.active !== recording.active) {
    session.tell([[0, partyId, { recordings: recordings.map((one) => (one === before ? recording : one)) }]])
  }
  return recording
}
