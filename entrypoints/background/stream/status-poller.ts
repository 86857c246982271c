import * as v from 'valibot'
import type { Clock } from '../../../shared/clock.ts'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import { type SessionAnswer, sessionStatusSchema } from '../../../shared/protocol/wire.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { RelayClient } from '../../lib/relay/relay-client.ts'
import type { NoAnswer } from '../calls/calls.ts'

/**
 * Asks the relay how calls stand of which something seems to be missing, so that a lost hang-up does not leave a ghost on the
 * screen. The relay asks RingCentral and shares the answer; each call is asked about once a minute at first, and less and less
 * often while it stays as it is.
 */
export interface StatusPoller {
  /** Looks now, and from now on every so often. */
  start(): void
  /** Looks no more until it is started again: without a stream there is nobody to ask. */
  rest(): void
}

export interface StatusPollerOptions {
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  readonly relay: RelayClient
  /** Sessions worth asking about at this moment. */
  readonly questions: () => readonly string[]
  readonly onAnswer: (answer: SessionAnswer) => void
  /** The relay knows nothing of it, or could not tell and is asked again another time. */
  readonly onNoAnswer: (telephonySessionId: string, why: NoAnswer) => void
}

export const LOOK_INTERVAL_MS = 10 * SECOND_MS
export const FIRST_ASK_INTERVAL_MS = MINUTE_MS
export const MAX_ASK_INTERVAL_MS = 16 * MINUTE_MS

export function createStatusPoller({
  clock,
  relay,
  questions,
  onAnswer,
  onNoAnswer,
}: StatusPollerOptions): StatusPoller {
  /** When each may be asked about again, browser's clock. */
  const asked = new Map<string, { readonly nextMs: number; readonly intervalMs: number }>()
  let cancel: (() => void) | undefined

  function look(): void {
    const open = new Set(questions())
    for (const id of asked.keys()) if (!open.has(id)) asked.delete(id)
    for (const id of open) if ((asked.get(id)?.nextMs ?? 0) <= clock.nowMs()) void ask(id)
    cancel = clock.after(LOOK_INTERVAL_MS, look)
  }

  async function ask(id: string): Promise<void> {
    const before = asked.get(id)?.intervalMs
    const intervalMs = before === undefined ? FIRST_ASK_INTERVAL_MS : Math.min(2 * before, MAX_ASK_INTERVAL_MS)
    asked.set(id, { nextMs: clock.nowMs() + intervalMs, intervalMs })
    const answer = await request(id)
    if (cancel === undefined) return
    if (typeof answer === 'string') onNoAnswer(id, answer)
    else onAnswer(answer)
  }

  async function request(telephonySessionId: string): Promise<SessionAnswer | NoAnswer> {
    const path = fillRoute(ROUTES.session, { telephonySessionId })
    const { body, refusal } = await relay.send({ method: 'GET', path })
    // A proxy on the way knows other reasons for a 404.
    if (refusal !== undefined) return refusal.code === 'unknown_session' ? 'unknown' : 'unanswered'
    const decoded = v.safeParse(sessionStatusSchema, body)
    return decoded.success ? decoded.output : 'unanswered'
  }

  return {
    start: () => {
      cancel?.()
      look()
    },
    rest: () => {
      cancel?.()
      cancel = undefined
    },
  }
}
