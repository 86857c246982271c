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
