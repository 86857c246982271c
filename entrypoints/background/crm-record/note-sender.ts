import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readUnsentNotes, settleAllNotes, settleNote } from '../../lib/store/unsent-notes.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import type { CrmClient } from './crm-client.ts'

/**
 * Notes on their way to the relay, which writes them into the CRM with the call. The store knows which it has not taken: they are sent in
 * the order in which they were written, the latest text of each call, by this worker or one after it.
 */
export interface NoteSender {
  /** A note was kept in the store. */
  follow(): void
  /** The relay is there, for the first time or again. */
  hurry(): void
  close(): void
}

export interface NoteSenderOptions {
  readonly client: Pick<CrmClient, 'sendNote'>
  readonly store: PersonStore
  readonly clock: Pick<Clock, 'after'>
  /** Whether the relay has a CRM; `undefined`: nobody knows yet. */
  readonly hasCrm: () => boolean | undefined
}

/** Somebody who types saves a few times a second. */
export const TYPING_MS = 2 * SECOND_MS
export const NOTE_RETRY_MS = 30 * SECOND_MS

export function createNoteSender(options: NoteSenderOptions): NoteSender {
  const { clock, hasCrm } = options
  let isSending = false
  let isClosed = false
  /** Something was written since the notes were read that are being sent. */
  let hasMore = false
  let cancel = () => {}

  function plan(delayMs: number): void {
    if (isClosed) return
    cancel()
    cancel = clock.after(delayMs, () => void send())
  }

  async function send(): Promise<void> {
    hasMore = isSending
    if (isSending) return
    isSending = true
    // What the store does not tell, or take, is tried again as well.
    const isDone = await sendAll(options).catch(() => false)
    isSending = false
    if (!isDone && hasCrm() !== undefined) plan(NOTE_RETRY_MS)
    else if (hasMore) plan(0)
  }

  return {
    follow() {
      if (hasCrm() !== false) plan(TYPING_MS)
    },
    hurry: () => plan(0),
    close() {
      isClosed = true
      cancel()
    },
  }
}

/** Whether nothing is left to be sent. */
async function sendAll({ client, store, hasCrm }: NoteSenderOptions): Promise<boolean> {
  if (hasCrm() === undefined) return false
  if (hasCrm() === false) {
    await within(STORE_TIMEOUT_MS, settleAllNotes(store))
    return true
  }
  const notes = await within(STORE_TIMEOUT_MS, readUnsentNotes(store))
  let isDone = true
  for (const note of notes) {
    const result = await client.sendNote(note.telephonySessionId, note.text)
    if (result === 'away') return false
    // The others do not wait for one that the relay fails at.
    if (result === 'later') isDone = false
    else await within(STORE_TIMEOUT_MS, settleNote(store, note))
  }
  return isDone
}
