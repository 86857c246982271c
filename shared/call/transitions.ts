import type { StatusCode } from '../protocol/status-codes.ts'
import type { EndKind, LegState } from './state.ts'

/** A leg before its first event, in one of its states, or after its end. */
export type LegCondition = 'new' | LegState | EndKind

/** Enters a state (entering the one that it is in already changes nothing), ends, or leaves an ended leg as it is. */
export type Transition = LegState | EndKind | 'ignored'

/** What each status code means for a leg that has not ended. Source: RingCentral developer guide, call session notifications. */
const ANY_LIVE: Readonly<Record<StatusCode | 'Unrecognised', Transition>> = {
  Setup: 'setup',
  Proceeding: 'ring',
  Answered: 'talk',
  Hold: 'hold',
  VoiceMail: 'voicemail',
  VoiceMailScreening: 'voicemail',
  FaxReceive: 'fax',
  Parked: 'parked',
  Gone: 'gone',
  Disconnected: 'disconnected',
  Tds: 'other',
  Unrecognised: 'other',
}

const ENDED: Readonly<Record<StatusCode | 'Unrecognised', Transition>> = {
  Setup: 'ignored',
  Proceeding: 'ignored',
  Answered: 'ignored',
  Hold: 'ignored',
  VoiceMail: 'ignored',
  VoiceMailScreening: 'ignored',
  FaxReceive: 'ignored',
  Parked: 'ignored',
  Gone: 'ignored',
  Disconnected: 'ignored',
  Tds: 'ignored',
  Unrecognised: 'ignored',
}

/**
 * What each status code does to a leg in each condition. Nothing is left out on purpose: a new state or a new code does not
 * compile until each of its cells is decided.
 */
export const TRANSITIONS: Readonly<Record<LegCondition, Readonly<Record<StatusCode | 'Unrecognised', Transition>>>> = {
  new: ANY_LIVE,
  setup: ANY_LIVE,
  ring: ANY_LIVE,
  talk: ANY_LIVE,
  hold: ANY_LIVE,
  parked: ANY_LIVE,
  voicemail: ANY_LIVE,
  fax: ANY_LIVE,
  other: ANY_LIVE,
  disconnected: ENDED,
  gone: ENDED,
}

export function isEndKind(transition: Transition): transition is EndKind {
  return transition === 'disconnected' || transition === 'gone'
}
