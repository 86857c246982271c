import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import type { TrackedCall } from '../../../shared/call/track.ts'
import { missingSequences } from '../../../shared/history/history.ts'
import { type RowReader, selectRowFacts } from '../../lib/call/row-facts.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** Somebody whose calls a file may be about. */
export interface FilePerson {
  readonly extensionId: string
  readonly name: string | undefined
  /** In how many of the sessions they have a part. */
  readonly calls: number
}

/** Everybody of the account who has a part in these calls, those with most of them first. */
export function listPeople(calls: readonly TrackedCall[]): readonly FilePerson[] {
  const people = new Map<string, FilePerson>()
  for (const { call } of calls) {
    const present = new Set<string>()
    for (const { extensionId, direction, from, to, queueCall } of call.legs) {
      if (extensionId === undefined) continue
      // On a call from a queue the name is the queue's.
      const name = queueCall ? undefined : (direction === 'Outbound' ? from : to).name
      const known = people.get(extensionId) ?? { extensionId, name: undefined, calls: 0 }
      people.set(extensionId, {
        extensionId,
        name: known.name ?? name,
        calls: known.calls + (present.has(extensionId) ? 0 : 1),
      })
      present.add(extensionId)
    }
  }
  return [...people.values()].sort((a, b) => b.calls - a.calls || (a.extensionId < b.extensionId ? -1 : 1))
}

/** The calls as this person sees them, for a list; those they have no part in are left out. */
export function describeImported(
  calls: readonly TrackedCall[],
  { isComplete, ...reader }: Omit<RowReader, 'missingOf'> & { readonly isComplete: boolean },
): readonly CallRow[] {
  const histories = new Map(calls.map(({ call, history }) => [call.telephonySessionId, history]))
  const missingOf: RowReader['missingOf'] = ({ telephonySessionId }) => {
    const history = isComplete ? histories.get(telephonySessionId) : undefined
    return history === undefined ? [] : missingSequences(history)
  }
  const mine = selectMyCalls(
    calls.map(({ call }) => call),
    reader.extensionId,
  )
  return mine.map((one) => ({
    ...selectRowFacts(one, { ...reader, missingOf }),
    delayMs: 0,
    shownUntilMs: undefined,
    isDismissed: false,
    isFolded: undefined,
  }))
}
