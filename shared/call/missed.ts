import type { Outcome } from './outcome.ts'

/** Whether the person missed it: an incoming call that rang out, or that the caller gave up. */
export function isMissed({
  direction,
  outcome,
}: {
  readonly direction: 'Inbound' | 'Outbound'
  readonly outcome: Outcome | undefined
}): boolean {
  return direction === 'Inbound' && (outcome === 'missed' || outcome === 'callerGaveUp')
}

/**
 * Whether somebody waits to be called back: whose call the person missed, or who came to their voicemail. `withVoicemails`: whether
 * the person counts those.
 */
export function isToReturn(
  call: { readonly direction: 'Inbound' | 'Outbound'; readonly outcome: Outcome | undefined },
  withVoicemails: boolean,
): boolean {
  return isMissed(call) || (withVoicemails && call.direction === 'Inbound' && call.outcome === 'voicemail')
}
