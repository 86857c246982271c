import * as v from 'valibot'
import { problemSchema } from '../../../shared/protocol/http/problem.ts'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import { type SessionAnswer, sessionStatusSchema } from '../../../shared/protocol/wire.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { NETWORK_TIMEOUT_MS } from '../../lib/store/within.ts'
import type { NoAnswer } from '../calls/calls.ts'
import type { SocketWorld } from './relay-socket.ts'

/**
 * Asks the relay how calls stand of which something seems to be missing, so that a lost hang-up does not leave a ghost on the
 * screen. The relay asks RingCentral and shares the answer; each call is asked about once a minute at first, and less and less
 * often while it stays as it is.
 */
export interface Asking {
  /** Looks now, and from now on every so often. */
  start(): void
  /** Looks no more until it is started again: without a stream there is nobody to ask. */
  rest(): void
}

export interface AskingOptions {
  readonly relayUrl: string
  readonly token: string
  /** Sessions worth asking about at this moment. */
  readonly questions: () => readonly string[]
  readonly onAnswer: (answer: SessionAnswer) => void
  /** The relay knows nothing of it, or could not tell and is asked again another time. */
  readonly onNoAnswer: (telephonySessionId: string, why: NoAnswer) => void
}

export type AskingWorld = Pick<SocketWorld, 'nowMs' | 'after'> & { readonly fetch: typeof fetch }

export const LOOK_INTERVAL_MS = 10 * SECOND_MS
export const FIRST_ASK_INTERVAL_MS = MINUTE_MS
export const MAX_ASK_INTERVAL_MS = 16 * MINUTE_MS

export function createAsking(options: AskingOptions, world: AskingWorld): Asking {
  const { relayUrl, token, questions, onAnswer, onNoAnswer } = options
  /** When each may be asked about again, browser's clock. */
  const asked = new Map<string, { readonly nextMs: number; readonly intervalMs: number }>()
  let cancel: (() => void) | undefined

  function look(): void {
    const open = new Set(questions())
    for (const id of asked.keys()) if (!open.has(id)) asked.delete(id)
    for (const id of open) if ((asked.get(id)?.nextMs ?? 0) <= world.nowMs()) void ask(id)
    cancel = world.after(LOOK_INTERVAL_MS, look)
  }

  async function ask(id: string): Promise<void> {
    const before = asked.get(id)?.intervalMs
    const intervalMs = before === undefined ? FIRST_ASK_INTERVAL_MS : Math.min(2 * before, MAX_ASK_INTERVAL_MS)
    asked.set(id, { nextMs: world.nowMs() + intervalMs, intervalMs })
    const answer = await request(id).catch(() => 'unanswered' as const)
    if (cancel === undefined) return
    if (typeof answer === 'string') onNoAnswer(id, answer)
    else onAnswer(answer)
  }

  async function request(telephonySessionId: string): Promise<SessionAnswer | NoAnswer> {
    const response = await world.fetch(new URL(fillRoute(ROUTES.session, { telephonySessionId }), relayUrl), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(NETWORK_TIMEOUT_MS),
    })
    const body: unknown = await response.json()
    if (response.ok) {
      const decoded = v.safeParse(sessionStatusSchema, body)
      return decoded.success ? decoded.output : 'unanswered'
    }
    // A proxy on the way knows other reasons for a 404.
    return v.is(problemSchema, body) && body.code === 'unknown_session' ? 'unknown' : 'unanswered'
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
