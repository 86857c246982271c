import type { Person } from '../../people.ts'
import {
  asSeenOutside,
  type ShowEnd,
  type Speaker,
  showAlways,
  showCalledToCaller,
  showCallerToCalled,
  showCallerToSelf,
} from '../ends.ts'
import type { LiveSession } from '../live-session.ts'

/** Who can be called or given a call. */
export type Callee =
  | { readonly kind: 'colleague'; readonly who: Person }
  | { readonly kind: 'outside'; readonly phoneNumber: string }
export type Target = Callee | { readonly kind: 'voicemail'; readonly who: Person }

/**
 * Somebody calls an agent: when this returns, the phone rings. The caller's party is answered when the destination is reached,
 * which says nothing about a person. Who is how long after whom: the gaps of the recorded calls.
 */
export function callAgent(session: LiveSession, caller: Speaker, agent: Person): void {
  const dialled = caller.kind === 'colleague' ? agent.extensionNumber : agent.phoneNumber
  const from = session.add({
    role: 'caller',
    ...ownerOf(caller),
    direction: 'Outbound',
    to: showCalledToCaller(agent, dialled),
    from: showCallerToSelf(caller),
  })
  const called = session.add({
    role: 'called',
    owner: agent,
    extensionId: agent.extensionId,
    direction: 'Inbound',
    to: showAlways({ phoneNumber: dialled, name: agent.name, extensionId: agent.extensionId }),
    from: showCallerToCalled(caller, session.callerNameFromSequence),
  })
  session.tell([
    [0, from, { code: 'Setup' }],
    [19, called, { code: 'Setup' }],
    [58, from, { code: 'Answered' }],
    [80, called, { code: 'Proceeding' }],
  ])
}

/** An agent calls out: a colleague's phone rings as for any call between colleagues, an outside one as the network tells. */
export function callOut(session: LiveSession, caller: Person, target: Callee): void {
  if (target.kind === 'colleague') {
    callAgent(session, { kind: 'colleague', who: caller }, target.who)
    return
  }
  const { phoneNumber, extensionId, deviceId } = caller
  const to = showAlways({ phoneNumber: target.phoneNumber })
  const from = session.add({
    role: 'caller',
    owner: caller,
    extensionId,
    direction: 'Outbound',
    to,
    from: showAlways({ phoneNumber, extensionId, deviceId }),
  })
  const called = addOutside(session, target.phoneNumber, showAlways(asSeenOutside(caller)))
  session.tell([
    [0, from, { code: 'Setup' }],
    [37, called, { code: 'Proceeding' }],
    // Recorded three seconds later; nobody who tries it by hand wants to wait that long.
    [120, from, { code: 'Proceeding' }],
  ])
}

/** Rings somebody who is given a call: the new party of the same session. */
export function ringTarget(session: LiveSession, target: Target, from: ShowEnd): string {
  if (target.kind === 'outside') {
    const id = addOutside(session, target.phoneNumber, from)
    session.tell([[14, id, { code: 'Proceeding' }]])
    return id
  }
  const { extensionNumber, name, extensionId } = target.who
  const id = session.add({
    role: 'called',
    owner: target.who,
    extensionId,
    direction: 'Inbound',
    to: showAlways({ phoneNumber: extensionNumber, name, extensionId }),
    from,
  })
  session.tell([
    [0, id, { code: 'Setup' }],
    [35, id, { code: target.kind === 'voicemail' ? 'VoiceMail' : 'Proceeding' }],
  ])
  return id
}

function addOutside(session: LiveSession, phoneNumber: string, from: ShowEnd): string {
  return session.add({
    role: 'called',
    owner: undefined,
    extensionId: undefined,
    direction: 'Inbound',
    to: showAlways({ phoneNumber }),
    from,
  })
}

/** Whose a party is, when somebody speaks there. */
export function ownerOf(speaker: Speaker): {
  readonly owner: Person | undefined
  readonly extensionId: string | undefined
} {
  const owner = speaker.kind === 'colleague' ? speaker.who : undefined
  return { owner, extensionId: owner?.extensionId }
}
