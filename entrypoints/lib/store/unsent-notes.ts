import { carriedOut } from './carried-out.ts'
import type { PersonStore } from './open.ts'

/** A note on its way to the account's CRM, as it is kept now. */
export interface UnsentNote {
  readonly telephonySessionId: string
  /** Empty where it was taken back. */
  readonly text: string
  readonly writtenMs: number
}

/** Notes that the relay has not taken yet, in the order in which they were written. */
export async function readUnsentNotes(store: PersonStore): Promise<readonly UnsentNote[]> {
  const tx = store.transaction(['unsentNotes', 'notes'])
  const marks = await tx.objectStore('unsentNotes').index('byWritten').getAll()
  const notes = await Promise.all(
    marks.map(({ telephonySessionId }) => tx.objectStore('notes').get(telephonySessionId)),
  )
  return marks.map((mark, index) => ({ ...mark, text: notes[index]?.text ?? '' }))
}

/** It needs to be sent no more, unless it was written again in the meantime. */
export async function settleNote(
  store: PersonStore,
  { telephonySessionId, writtenMs }: Pick<UnsentNote, 'telephonySessionId' | 'writtenMs'>,
): Promise<void> {
  const tx = store.transaction('unsentNotes', 'readwrite')
  const settle = async () => {
    const mark = await tx.store.get(telephonySessionId)
    if (mark?.writtenMs === writtenMs) await tx.store.delete(telephonySessionId)
  }
  await carriedOut(tx, [settle()])
}

/** There is no CRM that they could go to. */
export async function settleAllNotes(store: PersonStore): Promise<void> {
  const tx = store.transaction('unsentNotes', 'readwrite')
  await carriedOut(tx, [tx.store.clear()])
}
