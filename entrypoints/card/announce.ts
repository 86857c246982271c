import type { CardCall } from '../lib/contract/card-call.ts'

/** What there is to say aloud of a call. */
export interface Announced {
  readonly what: 'ringing' | 'ended'
  readonly call: CardCall
}

/** Which calls were there when they were looked at last, and whether they were over. */
export type Heard = ReadonlyMap<string, boolean>

export function hear(calls: readonly CardCall[]): Heard {
  return new Map(calls.map(({ telephonySessionId, phase }) => [telephonySessionId, phase === 'ended']))
}

/**
 * What is new since then and worth saying aloud, once: a call that rings, a call that is over. Of several the one on top. What
 * was over before it was first heard of is not said.
 */
export function selectAnnounced(before: Heard, calls: readonly CardCall[]): Announced | undefined {
  const announced = calls.flatMap((call): readonly Announced[] => {
    const wasOver = before.get(call.telephonySessionId)
    if (call.phase === 'ringing' && wasOver !== false) return [{ what: 'ringing', call }]
    return call.phase === 'ended' && wasOver === false ? [{ what: 'ended', call }] : []
  })
  return announced[0]
}
