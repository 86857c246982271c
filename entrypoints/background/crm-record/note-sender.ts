import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { CrmClient } from './crm-client.ts'

/**
 * Notes on their way to the relay, which writes them into the CRM with the call. Only the latest text of a call is sent, and again
 * when the relay could not be reached. What is unsent is kept in memory: after the worker was ended, `offer` has it again for the calls
 * that are on cards.
 */
export interface NoteSender {
  /** The note of a call as it is kept now. */
  write(telephonySessionId: string, text: string): void
  /** The same, unless this worker has seen the relay take a note of this call. */
  offer(telephonySessionId: string, text: string): void
  /** The relay is there again. */
  hurry(): void
  close(): void
}

/** Somebody who types saves a few times a second. */
export const TYPING_MS = 2 * SECOND_MS
export const NOTE_RETRY_MS = 30 * SECOND_MS

export function createNoteSender(client: Pick<CrmClient, 'sendNote'>, clock: Pick<Clock, 'after'>): NoteSender {
  const unsent = new Map<string, string>()
  const taken = new Map<string, string>()
  let isSending = false
  let cancel: (() => void) | undefined

  function plan(delayMs: number): void {
    cancel?.()
    cancel = unsent.size === 0 ? undefined : clock.after(delayMs, () => void send())
  }

  async function send(): Promise<void> {
    cancel = undefined
    if (isSending) return
    isSending = true
    let isAway = false
    for (const [id, text] of unsent) {
      const result = await client.sendNote(id, text)
      isAway = result === 'later'
      if (isAway) break
      if (result === 'kept') taken.set(id, text)
      // What was written meanwhile is sent next.
      if (unsent.get(id) === text) unsent.delete(id)
    }
    isSending = false
    plan(isAway ? NOTE_RETRY_MS : TYPING_MS)
  }

  function write(id: string, text: string): void {
    if (taken.get(id) === text) unsent.delete(id)
    else unsent.set(id, text)
    plan(TYPING_MS)
  }

  return {
    write,
    offer: (id, text) => {
      if (text !== '' && !taken.has(id) && !unsent.has(id)) write(id, text)
    },
    hurry: () => plan(0),
    close: () => {
      cancel?.()
      unsent.clear()
    },
  }
}
