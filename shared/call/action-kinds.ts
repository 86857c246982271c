import { unreachable } from '../assert.ts'
import type { Phase } from './view.ts'

/**
 * What decides which actions a person is offered on their own leg of a call.
 *
 * - A leg in `Setup` or `Proceeding` can be answered, rejected and forwarded, to its own voicemail as well; a connected one
 *   can be held, muted, transferred, parked and recorded.
 * - A queue rings for its agents, not for this person: they let the others have it, and neither is the caller left in their own
 *   mailbox.
 * - On hold nobody is heard, so there is nothing to mute or to record.
 * - A caller who talks to my mailbox, one who was sent a message, and states that are not known, are left alone; the mailbox or
 *   the fax that I have called can be left.
 * - Answering and picking up happen at a phone, so there has to be one.
 * - Somebody may be asked before they are given a call: the caller is put on hold and they are called. In that second call, the
 *   question, both can be joined once it is answered, or the person goes back to the caller; it is given to nobody itself.
 * - A hand is raised to whoever watches the person, while they have somebody on the line. RingCentral has no part in it.
 *
 * Source: RingCentral developer guide, pre-call control and active call control; API reference, call control.
 */
export interface OfferFacts {
  readonly direction: 'Inbound' | 'Outbound'
  readonly phase: Phase
  /** Whether it came through a queue. */
  readonly isQueueCall: boolean
  readonly isMuted: boolean
  readonly isRecording: boolean
  /** Whether they ask for help in this call. */
  readonly isHandRaised: boolean
  /** Whether the person has a phone at hand that can take a call. */
  readonly hasPhone: boolean
  /** Whether it is a question: the person asks somebody in it before they give them another call. */
  readonly isQuestion: boolean
}

/** What a person may ask of their own leg of a call. */
export type ActionKind =
  | 'answer'
  | 'decline'
  | 'voicemail'
  | 'forward'
  | 'hold'
  | 'resume'
  | 'mute'
  | 'unmute'
  | 'transfer'
  /** Calls somebody before they are given the call. */
  | 'askFirst'
  /** Joins the caller with who was asked. */
  | 'connect'
  /** Ends the question and takes the caller off hold. */
  | 'returnToCaller'
  | 'park'
  | 'record'
  | 'pauseRecording'
  /** Fetches a parked call back. */
  | 'pickUp'
  /** Asks whoever watches the person for help in this call, and takes that back. */
  | 'raiseHand'
  | 'lowerHand'
  | 'hangUp'

/** In the order in which they are best offered. */
export function selectActionKinds(facts: OfferFacts): readonly ActionKind[] {
  return BY_PHASE[facts.phase](facts)
}

const NOTHING = (): readonly ActionKind[] => []
const GIVE: readonly ActionKind[] = ['transfer', 'askFirst', 'park']
const JOIN: readonly ActionKind[] = ['connect', 'returnToCaller']
const LEAVE_MACHINE = ({ direction }: OfferFacts): readonly ActionKind[] => (direction === 'Outbound' ? ['hangUp'] : [])

const BY_PHASE: Readonly<Record<Phase, (facts: OfferFacts) => readonly ActionKind[]>> = {
  ringing: ({ hasPhone, isQueueCall }) => [
    ...(hasPhone ? (['answer'] as const) : []),
    'decline',
    ...(isQueueCall ? [] : (['voicemail'] as const)),
    'forward',
  ],
  calling: ({ isQuestion }) => [...(isQuestion ? (['returnToCaller'] as const) : []), 'hangUp'],
  talking: ({ isMuted, isRecording, isHandRaised, isQuestion }) => [
    ...(isQuestion ? JOIN : []),
    'hold',
    isMuted ? 'unmute' : 'mute',
    ...(isQuestion ? [] : GIVE),
    isRecording ? 'pauseRecording' : 'record',
    isHandRaised ? 'lowerHand' : 'raiseHand',
    'hangUp',
  ],
  onHold: ({ isHandRaised, isQuestion }) => [
    ...(isQuestion ? JOIN : []),
    'resume',
    ...(isQuestion ? [] : GIVE),
    isHandRaised ? 'lowerHand' : 'raiseHand',
    'hangUp',
  ],
  parked: ({ hasPhone }) => (hasPhone ? ['pickUp'] : []),
  voicemail: LEAVE_MACHINE,
  fax: LEAVE_MACHINE,
  replied: NOTHING,
  other: NOTHING,
  ended: NOTHING,
}

/** What can be seen of a call that was asked to change. */
export interface EffectFacts {
  readonly phase: Phase
  readonly isMuted: boolean
  readonly isRecording: boolean
  readonly isHandRaised: boolean
}

/**
 * Whether a call is as it should be after something was asked of it, or beyond: what has ended needs no confirmation of having
 * been held. It says nothing of who did it, a phone or a request: either way there is nothing left to wait for.
 */
export function isEffective(kind: ActionKind, { phase, isMuted, isRecording, isHandRaised }: EffectFacts): boolean {
  const isConnected = phase === 'talking' || phase === 'onHold'
  switch (kind) {
    case 'answer':
    case 'decline':
    case 'voicemail':
    case 'forward':
      return phase !== 'ringing'
    case 'hold':
      return phase !== 'talking'
    case 'resume':
      return phase !== 'onHold'
    case 'mute':
      return isMuted || !isConnected
    case 'unmute':
      return !isMuted || !isConnected
    case 'record':
      return isRecording || !isConnected
    case 'pauseRecording':
      return !isRecording || !isConnected
    case 'raiseHand':
      return isHandRaised || !isConnected
    case 'lowerHand':
      return !isHandRaised || !isConnected
    case 'transfer':
    case 'park':
    // The call that it leads to shows it; without the caller there is nothing to ask about.
    case 'askFirst':
      return !isConnected
    case 'pickUp':
      return phase !== 'parked'
    case 'hangUp':
    case 'connect':
    case 'returnToCaller':
      return phase === 'ended'
    default:
      return unreachable(kind)
  }
}
