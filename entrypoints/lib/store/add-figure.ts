import type { IDBPTransaction, StoreNames } from 'idb'
import { createGroups } from '../../../shared/call/journey.ts'
import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import { Tracker } from '../../../shared/call/track.ts'
import { FIGURES, type FigureName, timeField } from '../../../shared/metrics/figures.ts'
import { measureMyCall } from '../../../shared/metrics/my-call.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { decodeStatus } from '../../../shared/protocol/status.ts'
import { unpackEvents } from './event-packs.ts'
import { keysOf } from './keys.ts'
import type { CallRow, PersonSchema } from './schema.ts'

export interface AddFigureOptions {
  /** Whose store it is. */
  readonly extensionId: string
  /** The time where the row alone determines it, ms; events are read only for the other rows. */
  tellFromRow(row: CallRow): number | undefined
}

/**
 * Adds a figure to rows that were stored before it existed, as an upgrade step: from the row, or from the events of the
 * call and of all sessions that it is tied to. Where these were deleted it is not known.
 */
export async function addFigure(
  tx: IDBPTransaction<PersonSchema, StoreNames<PersonSchema>[], 'versionchange'>,
  name: FigureName,
  { extensionId, tellFromRow }: AddFigureOptions,
): Promise<void> {
  const calls = tx.objectStore('calls')
  const rows = await calls.getAll()
  for (const sessions of groupSessions(rows)) {
    const isKnown = sessions.rows.every((row) => row.eventsGone === 1 || tellFromRow(row) !== undefined)
    const measured = isKnown ? undefined : await measureSessions(tx, sessions.ids, { name, extensionId })
    const writes = sessions.rows.map((row) => {
      const ms = tellFromRow(row) ?? (row.eventsGone === 1 ? undefined : measured?.get(row.telephonySessionId))
      return calls.put({ ...row, [timeField(name)]: ms })
    })
    await Promise.all(writes)
  }
}

/** Sessions that are tied to each other, and the rows of those in which the person has a part. */
interface TiedSessions {
  readonly ids: string[]
  readonly rows: CallRow[]
}

function groupSessions(rows: readonly CallRow[]): Iterable<TiedSessions> {
  const ids = new Set(rows.flatMap(({ telephonySessionId, peerIds }) => [telephonySessionId, ...peerIds]))
  const groups = createGroups([...ids])
  for (const { telephonySessionId, peerIds } of rows) for (const id of peerIds) groups.join(telephonySessionId, id)
  const tied = new Map<string, TiedSessions>()
  for (const id of ids) {
    const group = groups.find(id)
    const present = tied.get(group)
    if (present === undefined) tied.set(group, { ids: [id], rows: [] })
    else present.ids.push(id)
  }
  for (const row of rows) tied.get(groups.find(row.telephonySessionId))?.rows.push(row)
  return tied.values()
}

async function measureSessions(
  tx: IDBPTransaction<PersonSchema, StoreNames<PersonSchema>[], 'versionchange'>,
  ids: readonly string[],
  { name, extensionId }: { readonly name: FigureName; readonly extensionId: string },
): Promise<ReadonlyMap<string, number | undefined>> {
  const tracked = await Promise.all(
    ids.map(async (id) => {
      const [packs, statuses] = await Promise.all([
        tx.objectStore('events').getAll(keysOf(id)),
        tx.objectStore('statuses').getAll(keysOf(id)),
      ])
      const tracker = new Tracker(id)
      for (const { notification } of unpackEvents(packs)) {
        const decoded = decodeNotification(notification)
        if (decoded.kind === 'telephony') tracker.take(decoded.notification)
      }
      for (const { status } of statuses) {
        const decoded = decodeStatus(status)
        if (decoded.kind === 'status') tracker.repair(decoded.status)
      }
      return tracker.call
    }),
  )
  const times = selectMyCalls(tracked, extensionId).map((mine) => {
    const measured = measureMyCall(mine, extensionId, () => [])
    return [mine.call.telephonySessionId, measured && FIGURES[name].of(measured)?.ms] as const
  })
  return new Map(times)
}
