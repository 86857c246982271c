import type { ExternalCaller, Person } from '../people.ts'
import type { Queue } from '../queue.ts'
import type { NotificationEndpoint } from './notification.ts'
import { hasLeft, type PartyCode } from './party-state.ts'

/** Somebody at one end of a call. */
export type Speaker =
  | { readonly kind: 'outside'; readonly who: ExternalCaller }
  | { readonly kind: 'colleague'; readonly who: Person }

/** The event in which an end is shown: what is told of a person depends on it. */
export interface Moment {
  readonly sequence: number
  readonly code: PartyCode
}

/** How one end is shown in the events of one party: the rules of recorded traffic. */
export type ShowEnd = (moment: Moment) => NotificationEndpoint

/** A caller in their own party. A colleague's name comes after Setup; an outside caller's only with the end of the call. */
export function showCallerToSelf(caller: Speaker): ShowEnd {
  return ({ code }) => {
    if (caller.kind === 'colleague') {
      const { phoneNumber, name, extensionId, deviceId } = caller.who
      return { phoneNumber, ...(code !== 'Setup' && { name }), extensionId, deviceId }
    }
    const { phoneNumber, name } = caller.who
    if (phoneNumber === undefined) return {}
    return { phoneNumber, ...(hasLeft(code) && name !== undefined && { name }) }
  }
}

/** A caller in the party of whom they call. Looking up an outside caller's name takes the platform some events. */
export function showCallerToCalled(caller: Speaker, nameFromSequence: number): ShowEnd {
  return ({ sequence }) => {
    if (caller.kind === 'colleague') {
      const { extensionNumber, name, extensionId, deviceId } = caller.who
      return { phoneNumber: extensionNumber, name, extensionId, deviceId }
    }
    const { phoneNumber, name } = caller.who
    if (phoneNumber === undefined) return {}
    return { phoneNumber, ...(sequence >= nameFromSequence && name !== undefined && { name }) }
  }
}

/** The same for an agent who is called in a queue's name, which stands before the caller's. */
export function showCallerOfQueue(caller: Speaker, nameFromSequence: number, queue: Queue): ShowEnd {
  const show = showCallerToCalled(caller, nameFromSequence)
  return (moment) => {
    const end = show(moment)
    return end.name === undefined ? end : { ...end, name: `${queue.name} - ${end.name}` }
  }
}

/** A called extension in the caller's party: at first only the number that was dialled is known. */
export function showCalledToCaller({ name, extensionId }: Person | Queue, dialled: string): ShowEnd {
  return ({ code }) => (code === 'Setup' ? { phoneNumber: dialled } : { phoneNumber: dialled, name, extensionId })
}

/** Something that is shown the same way in every event. */
export function showAlways(end: NotificationEndpoint): ShowEnd {
  return () => end
}

/** A colleague to an outside party: the direct number, and no device. */
export function asSeenOutside({ phoneNumber, name, extensionId }: Person): NotificationEndpoint {
  return { phoneNumber, name, extensionId }
}

/** A colleague who acts from a phone of theirs. */
export function atPhone({ phoneNumber, name, extensionId, deviceId }: Person): NotificationEndpoint {
  return { phoneNumber, name, extensionId, deviceId }
}
