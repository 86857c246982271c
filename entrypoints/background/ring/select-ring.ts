import type { CallRow } from '../../lib/store/schema.ts'

/** What of a call decides whether it is heard. */
export type HeardCall = Pick<CallRow, 'telephonySessionId' | 'phase' | 'direction' | 'isDismissed'>

/** Whether a call rings for the person, who has not put it away: then it is heard until that changes. */
export function isToBeHeard({ phase, isDismissed }: HeardCall): boolean {
  return phase === 'ringing' && !isDismissed
}

/**
 * Whether the person is on the phone: a sound that goes on would be in the ears of who they talk to. Somebody on hold counts, for
 * they will be talked to any moment; somebody who waits in a parking place or leaves a message does not.
 */
export function isOnThePhone(calls: readonly HeardCall[]): boolean {
  return calls.some(
    ({ phase, direction }) =>
      phase === 'talking' ||
      phase === 'onHold' ||
      phase === 'calling' ||
      // It is the person who talks to the machine of the other side.
      (phase === 'voicemail' && direction === 'Outbound'),
  )
}
