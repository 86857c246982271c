import * as v from 'valibot'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import { type SessionAnswer, sessionStatusSchema } from '../../../shared/protocol/wire.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
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
}

export type AskingWorld = Pick<SocketWorld, 'nowMs' | 'after'> & { readonly fetch: typeof fetch }

export const LOOK_INTERVAL_MS = 10 * SECOND_MS
export const FIRST_ASK_INTERVAL_MS = MINUTE_MS
export const MAX_ASK_INTERVAL_MS = 16 * MINUTE_MS
const ASK_TIMEOUT_MS = 10 * SECOND_MS

export function createAsking({ relayUrl, token, questions, onAnswer }: AskingOptions, world: AskingWorld): Asking {
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
    const answer = await request(id).catch(() => undefined)
    if (answer !== undefined && cancel !== undefined) onAnswer(answer)
  }

  /** `undefined`: the relay could not tell either, and is asked again another time. */
  async function request(telephonySessionId: string): Promise<SessionAnswer | undefined> {
    const response = await world.fetch(new URL(fillRoute(ROUTES.session, { telephonySessionId }), relayUrl), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    })
    const decoded = response.ok ? v.safeParse(sessionStatusSchema, await response.json()) : undefined
    return decoded?.success ? decoded.output : undefined
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
