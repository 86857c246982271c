import type { CardCall } from '../lib/contract/card-call.ts'

/** An announcement about a call, for screen readers. */
export interface Announced {
  readonly what: 'ringing' | 'ended'
  readonly call: CardCall
}

/** The calls as of the last look, each with whether it was over. */
export type Heard = ReadonlyMap<string, boolean>

export function hear(calls: readonly CardCall[]): Heard {
  return new Map(calls.map(({ telephonySessionId, phase }) => [telephonySessionId, phase === 'ended']))
}

/**
 * The one change since then that is worth announcing: a call that rings, or a call that has ended. Of several, the one
 * on top. A call that had ended before it was first seen is not announced.
 */
export function selectAnnounced(before: Heard, calls: readonly CardCall[]): Announced | undefined {
  const announced = calls.flatMap((call): readonly Announced[] => {
    const wasOver = before.get(call.telephonySessionId)
    if (call.phase === 'ringing' && wasOver !== false) return [{ what: 'ringing', call }]
    return call.phase === 'ended' && wasOver === false ? [{ what: 'ended', call }] : []
  })
  return announced[0]
}
