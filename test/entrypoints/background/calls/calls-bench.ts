import { deleteDB } from 'idb'
import {
  type Calls,
  type CallsOptions,
  createCalls,
  type Frame,
} from '../../../../entrypoints/background/calls/calls.ts'
import { followDayContext } from '../../../../entrypoints/lib/store/day-context.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { type NumberedEnvelope, restampStream } from '../../../support/restamp.ts'

/** Bea's calls over a store, and a call of hers event by event: it rings, she answers, holds and resumes it, and it ends. */

export const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
export const relayUrl = 'https://relay.example.com'
/** Where the platform's clock stands against the relay's in these tests. */
export const DELAY_MS = 40
export const ENDED_CARD_MS = 60_000

export const startMs = Date.parse('2026-06-01T12:00:00.000Z')
export const stream = restampStream('pstn-to-user', startMs)

export type BeginOptions = Pick<CallsOptions, 'retryAfterFreeingSpace' | 'isInUse'>

interface Begun {
  readonly calls: Calls
  /** The phases of all calls, each time that the cards were to show something else. */
  readonly shownAt: readonly string[][]
  /** All news, in their order. */
  readonly told: readonly string[]
}

/** Calls as a worker has them that has just been started. */
export function beginCalls(store: PersonStore, options: BeginOptions = {}): Begun {
  const shownAt: string[][] = []
  const told: string[] = []
  const calls: Calls = createCalls({
    ...options,
    store,
    relayUrl,
    extensionId: user.extensionId,
    country: 'US',
    dayContext: followDayContext(() => 'Europe/Berlin'),
    onShown: () => shownAt.push(calls.active().map(({ phase }) => phase)),
    onNews: (_row, news) => told.push(...news),
    onStored: () => undefined,
  })
  return { calls, shownAt, told }
}

export async function removeStore(store: PersonStore): Promise<void> {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
}

/** What the relay sends, the last of it at `head`. */
export function frameOf(envelopes: readonly NumberedEnvelope[], head: number): Frame {
  return {
    isPast: false,
    epoch: 'e',
    head,
    events: envelopes.map(({ envelope }, index) => ({
      position: head - envelopes.length + 1 + index,
      receivedAt: new Date(Date.parse(String(envelope.timestamp)) + DELAY_MS).toISOString(),
      notification: envelope,
    })),
  }
}

/** So long after the call began. */
export const at = (ms: number) => ({ isComplete: true, nowMs: startMs + ms, endedCardMs: ENDED_CARD_MS })
/** The events of the call from one sequence to another. */
export const part = (from: number, to: number) => stream.filter(({ sequence }) => sequence >= from && sequence <= to)
export const idOf = ({ envelope }: NumberedEnvelope) =>
  (envelope.body as { telephonySessionId: string }).telephonySessionId
export const sid = () => {
  const [first] = stream
  if (first === undefined) throw new Error('the stream is empty')
  return idOf(first)
}

interface Party {
  readonly id: string
  readonly extensionId?: string
  readonly status: { readonly code: string }
}
const partiesOf = ({ envelope }: NumberedEnvelope) => (envelope.body as { parties: readonly Party[] }).parties
export const partyOf = (event: NumberedEnvelope) => partiesOf(event)[0]?.id
export const codeOf = (event: NumberedEnvelope) => partiesOf(event)[0]?.status.code
export const isMine = (event: NumberedEnvelope) => partiesOf(event)[0]?.extensionId === user.extensionId
export const firstPartyOf = (events: readonly NumberedEnvelope[]) => events.filter(isMine).map(partyOf)[0]
