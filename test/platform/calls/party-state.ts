/**
 * The states of one party, and what may be done in each.
 *
 * ```
 *  Setup ──▶ Proceeding ──▶ Answered ⇄ Hold
 *               │              │        │
 *               ▼              ▼        ▼
 *           VoiceMail        Parked ◀───┘
 *
 *  from anywhere: Disconnected (left), Gone (went to another session)
 * ```
 */
export type PartyCode = 'Setup' | 'Proceeding' | 'Answered' | 'Hold' | 'Parked' | 'VoiceMail' | 'Gone' | 'Disconnected'

/** What a party can do or have done to it, and in which states. */
const OPERATIONS = {
  answer: { during: ['Setup', 'Proceeding'], done: 'answered' },
  hold: { during: ['Answered', 'Hold'], done: 'put on hold' },
  unhold: { during: ['Hold'], done: 'resumed' },
  mute: { during: ['Answered', 'Hold'], done: 'muted' },
  record: { during: ['Answered', 'Hold'], done: 'recorded' },
  reject: { during: ['Setup', 'Proceeding'], done: 'rejected' },
  ignore: { during: ['Setup', 'Proceeding'], done: 'ignored' },
  reply: { during: ['Setup', 'Proceeding'], done: 'replied to' },
  forward: { during: ['Setup', 'Proceeding'], done: 'forwarded' },
  transfer: { during: ['Answered', 'Hold'], done: 'transferred' },
  flip: { during: ['Answered', 'Hold'], done: 'flipped' },
  park: { during: ['Answered', 'Hold'], done: 'parked' },
  pickup: { during: ['Parked'], done: 'picked up' },
  bridge: { during: ['Answered', 'Hold'], done: 'bridged' },
  supervise: { during: ['Answered', 'Hold'], done: 'supervised' },
  'bring in': { during: ['Answered', 'Hold'], done: 'brought in' },
  'hang up': { during: ['Setup', 'Proceeding', 'Answered', 'Hold', 'Parked', 'VoiceMail'], done: 'hung up' },
} as const satisfies Readonly<Record<string, { during: readonly PartyCode[]; done: string }>>
export type Operation = keyof typeof OPERATIONS

/** An operation that the state of the call does not allow. */
export class CallStateError extends Error {
  override readonly name = 'CallStateError'

  constructor(operation: Operation, because: string) {
    super(`The call cannot be ${OPERATIONS[operation].done}: ${because}.`)
  }
}

/** Throws a {@link CallStateError} unless a party in this state can be operated on so. */
export function requireState(operation: Operation, code: PartyCode): void {
  const during: readonly PartyCode[] = OPERATIONS[operation].during
  if (!during.includes(code)) throw new CallStateError(operation, STANDING[code])
}

const STANDING: Readonly<Record<PartyCode, string>> = {
  Setup: 'it is still ringing',
  Proceeding: 'it is still ringing',
  Answered: 'it is already answered',
  Hold: 'it is on hold',
  Parked: 'it is parked',
  VoiceMail: 'the caller is leaving a message',
  Gone: 'it is over',
  Disconnected: 'it is over',
}

export function hasLeft(code: PartyCode): boolean {
  return code === 'Disconnected' || code === 'Gone'
}

export function isRinging(code: PartyCode): boolean {
  return code === 'Setup' || code === 'Proceeding'
}
