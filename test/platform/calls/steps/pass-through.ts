import type { Person } from '../../people.ts'
import { showCallerToSelf } from '../ends.ts'
import type { LiveCalls } from '../live-calls.ts'
import type { PartyChange } from '../live-party.ts'
import type { NotificationEndpoint } from '../notification.ts'

/** How long dialling in takes; the party in the other session is there from then on. */
export const ARRIVES_AFTER_MS = 120

/**
 * Somebody dials into a call that is there: a session of their own, whose one party is answered at once and goes over into the
 * other session.
 */
export function passThrough(
  calls: LiveCalls,
  who: Person,
  {
    dialled,
    reached,
    reason,
    peerId,
  }: {
    readonly dialled: NotificationEndpoint
    /** What is known of the destination once it is reached. */
    readonly reached: NotificationEndpoint
    readonly reason: string
    readonly peerId: NonNullable<PartyChange['peerId']>
  },
): void {
  const session = calls.open('Call', who.accountId)
  const id = session.add({
    role: 'caller',
    owner: who,
    extensionId: who.extensionId,
    direction: 'Outbound',
    to: ({ code }) => (code === 'Setup' ? dialled : { ...dialled, ...reached }),
    from: showCallerToSelf({ kind: 'colleague', who }),
  })
  session.tell([
    [0, id, { code: 'Setup' }],
    [70, id, { code: 'Answered' }],
    [ARRIVES_AFTER_MS, id, { code: 'Gone', reason, peerId }],
  ])
}
