import { selectStart } from './leg.ts'
import type { Call, Leg } from './state.ts'

/**
 * A party that left one session for another (Gone, with the session and the party it becomes there).
 *
 * - It **goes on**: the party it becomes began with that. Somebody was picked up, joined a conference, was moved.
 * - It **connects**: the party it names was there before. Somebody had both calls, put them together and left them: from then
 *   on those who stay in either session talk to each other.
 */
export interface Tie {
  readonly from: Call
  readonly leg: Leg
  /** `undefined` while nothing of the session it went to is seen. */
  readonly to: Call | undefined
  /** The party it became, or had been there; `undefined` while that one is not seen. */
  readonly peer: Leg | undefined
  readonly atMs: number
  readonly kind: 'goesOn' | 'connects'
}

/** What ties these calls together, in the order in which it happened. */
export function listTies(calls: readonly Call[]): readonly Tie[] {
  const sessions = new Map(calls.map((call) => [call.telephonySessionId, call]))
  const ties = calls.flatMap((from) => from.legs.flatMap((leg) => tieOf(from, leg, sessions) ?? []))
  return ties.sort((a, b) => a.atMs - b.atMs || (a.leg.id < b.leg.id ? -1 : 1))
}

function tieOf(from: Call, leg: Leg, sessions: ReadonlyMap<string, Call>): Tie | undefined {
  const { end } = leg
  const toId = end?.peer?.telephonySessionId
  if (end === undefined || toId === undefined || toId === from.telephonySessionId) return undefined
  const to = sessions.get(toId)
  const peer = to && findPeer(leg, to)
  const atMs = end.at.timeMs
  const isConnecting = mayConnect(end.reason) && (peer === undefined || wasThere(peer, atMs))
  return { from, leg, to, peer, atMs, kind: isConnecting ? 'connects' : 'goesOn' }
}

/** Where the platform leaves out the party, it is one of the same person. */
function findPeer({ end, extensionId }: Leg, { legs }: Call): Leg | undefined {
  const id = end?.peer?.partyId
  if (id !== undefined) return legs.find((leg) => leg.id === id)
  return extensionId === undefined ? undefined : legs.findLast((leg) => leg.extensionId === extensionId)
}

function wasThere(peer: Leg, atMs: number): boolean {
  return selectStart(peer).timeMs < atMs
}

/** Whether a party that left for this reason may have connected others; where the reason says nothing, it may. */
export function mayConnect(reason: string | undefined): boolean {
  return CONNECTING.has(reason ?? '')
}

const CONNECTING: ReadonlySet<string> = new Set([
  'AttendedTransfer',
  'BlindTransfer',
  'RccTransfer',
  'DtmfTransfer',
  'Unrecognised',
  '',
])
