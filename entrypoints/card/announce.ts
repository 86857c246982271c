import type { CardCall } from '../lib/contract/card-call.ts'

/** An announcement about a call, for screen readers. */
export interface Announced {
  readonly what: 'ringing' | 'ended' | 'whisper'
  readonly call: CardCall
}

/** The calls as of the last look, each with whether it was over and its whispers. */
export type Heard = ReadonlyMap<string, Pick<CardCall, 'whispers'> & { readonly isOver: boolean }>

export function hear(calls: readonly CardCall[]): Heard {
  return new Map(
    calls.map(({ telephonySessionId, phase, whispers }) => [
      telephonySessionId,
      { isOver: phase === 'ended', whispers },
    ]),
  )
}

/**
 * The one change since then that is worth announcing: a call that rings, a call that has ended, a whisper. Of several, the
 * one on top. A call that had ended before it was first seen is not announced.
 */
export function selectAnnounced(before: Heard, calls: readonly CardCall[]): Announced | undefined {
  const announced = calls.flatMap((call): readonly Announced[] => {
    const heard = before.get(call.telephonySessionId)
    if (call.phase === 'ringing' && heard?.isOver !== false) return [{ what: 'ringing', call }]
    if (call.phase === 'ended') return heard?.isOver === false ? [{ what: 'ended', call }] : []
    return isNewLine(heard?.whispers ?? [], call.whispers) ? [{ what: 'whisper', call }] : []
  })
  return announced[0]
}

/** Of many lines the first go, so that their number alone does not tell. */
function isNewLine(before: CardCall['whispers'], now: CardCall['whispers']): boolean {
  const latest = now.at(-1)
  return latest !== undefined && latest.receivedMs !== before.at(-1)?.receivedMs
}
