import type { Call, Leg } from './state.ts'

/**
 * Whether a call of mine is one to show a card for. Not the leg to one's own phone by which RingCentral first rings the person
 * who asked to be connected, and not what is no conversation with a person outside.
 * Source: RingCentral's list of session origins; the rules of its own clients.
 */
export function isWorthCard(call: Call, leg: Leg): boolean {
  return leg.ringOutRole !== 'Initiator' && !UNSHOWN_ORIGINS.has(call.origin ?? '')
}

const UNSHOWN_ORIGINS: ReadonlySet<string> = new Set(['GreetingsRecording', 'VerificationCall', 'TestCall'])
