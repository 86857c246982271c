import { NO_ACTIONS } from '../../entrypoints/lib/contract/call-actions.ts'
import type { CardCall } from '../../entrypoints/lib/contract/card-call.ts'
import { NO_NOTE } from '../../entrypoints/lib/notes/note.ts'

/** A call as the worker tells it to a card: one that has just begun to ring, with whatever a test wants otherwise. */
export function buildCardCall(changes: Partial<CardCall> = {}): CardCall {
  return {
    telephonySessionId: 's-1',
    direction: 'Inbound',
    phase: 'ringing',
    name: 'Ada Winter',
    nameSource: 'network',
    number: { kind: 'number', text: '(408) 555-0123' },
    region: undefined,
    queueName: undefined,
    parkedAt: undefined,
    outcome: undefined,
    takenBy: undefined,
    isMuted: false,
    isHandRaised: false,
    whispers: [],
    isRecording: false,
    startedMs: Date.parse('2026-06-01T12:00:00.000Z'),
    phaseMs: 0,
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    twoWayTalkMs: undefined,
    isTwoWayTalk: false,
    isEstimate: false,
    isFolded: undefined,
    isSample: false,
    match: undefined,
    known: undefined,
    note: NO_NOTE,
    actions: NO_ACTIONS,
    ...changes,
  }
}
