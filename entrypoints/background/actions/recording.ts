import type { CallRow } from '../../lib/store/schema.ts'

/** Whether a call is being recorded now. */
export function isRecording({ recordings }: Pick<CallRow, 'recordings'>): boolean {
  return recordings.some(({ active }) => active)
}
