import type { CallRow } from '../../lib/store/schema.ts'
import type { DirectAction } from './control-request.ts'

/** On which of the user's phones each call was taken, as far as that was asked for here. Forgotten with the worker. */
export interface TakenOn {
  /** The id of that phone; `undefined`: it is not known. */
  of(row: CallRow): string | undefined
  /** This was asked for, and accepted. */
  note(row: CallRow, action: DirectAction): void
  /** Forgets what is about calls that are gone. */
  keep(rows: readonly CallRow[]): void
}

export function createTakenOn(): TakenOn {
  const phones = new Map<string, string>()
  return {
    of: ({ telephonySessionId }) => phones.get(telephonySessionId),
    note: ({ telephonySessionId }, action) => {
      if ('deviceId' in action) phones.set(telephonySessionId, action.deviceId)
    },
    keep: (rows) => {
      const ids = new Set(rows.map(({ telephonySessionId }) => telephonySessionId))
      for (const id of phones.keys()) if (!ids.has(id)) phones.delete(id)
    },
  }
}
