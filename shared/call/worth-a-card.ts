import { isRoom } from './course.ts'
import type { MyCall } from './my-calls.ts'
import { selectRole } from './roles.ts'
import type { Call } from './state.ts'

/**
 * Whether a call of mine is one to show a card for. Not what is no conversation with a person outside: recordings and tests
 * of the platform's own, the room in which a conference meets, somebody else's call that I listen to.
 * Source: RingCentral's list of session origins; the rules of its own clients.
 */
export function isWorthCard(call: Call, extensionId: string): boolean {
  if (UNSHOWN_ORIGINS.has(call.origin ?? '')) return false
  return call.legs.some((leg) => leg.extensionId === extensionId && selectRole(call, leg) !== 'listener')
}

/**
 * Whether a session of mine has a card of its own: a call has, and also a conference that I was called into; what is a part of
 * another call is shown with that.
 */
export function hasOwnCard({ call, kind }: MyCall, extensionId: string): boolean {
  return kind === 'call' && (isRoom(call) || isWorthCard(call, extensionId))
}

const UNSHOWN_ORIGINS: ReadonlySet<string> = new Set([
  'Conference',
  'GreetingsRecording',
  'VerificationCall',
  'TestCall',
])
