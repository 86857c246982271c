import type { ActRecord } from '../../../shared/protocol/act.ts'
import type { RoutedCalls } from '../../../shared/rules/routed-calls.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { decodeRecord } from '../../calls/decode-record.ts'
import type { EventLog, LoggedEvent } from '../../log/event-log.ts'
import { decodeAct } from '../../wire/act-record.ts'

/**
 * How far back the log is read for rules: a day, however long one is, because calls of today are counted, and because a call of which
 * nothing was heard for a day is over; and somewhat more, because clocks differ.
 */
export const READ_BACK_MS = 26 * HOUR_MS + 10 * MINUTE_MS

export interface RoutingFoldOptions {
  readonly log: Pick<EventLog, 'readSession'>
  readonly calls: RoutedCalls
  /** Called with each record of what rules and people did, once. */
  readonly onAct?: (record: ActRecord, receivedMs: number) => void
  /** Whether what the log tells of acts counts. */
  readonly knowsActs: boolean
}

/**
 * Takes the events of the log into the calls that rules are held against, one after the other. What has left and is heard of again comes
 * back from the log, with all that it is tied to and all that was done with it.
 */
export function createRoutingFold({ log, calls, onAct, knowsActs }: RoutingFoldOptions) {
  async function bring(telephonySessionId: string, beforePosition: number): Promise<void> {
    if (calls.tracks(telephonySessionId)) return
    const ids = calls.tiedTo(telephonySessionId).filter((id) => !calls.tracks(id))
    const past = (await Promise.all(ids.map((id) => log.readSession(id, beforePosition)))).flat()
    for (const event of past.sort((a, b) => a.position - b.position)) take(event, true)
  }

  function take(event: LoggedEvent, isPast: boolean): void {
    const told = decodeRecord(event)
    if (told !== undefined) calls.take(told, event.receivedAtMs, isPast)
    const act = decodeAct(event)
    if (act === undefined) return
    if (knowsActs) calls.noteAct(act, event.receivedAtMs)
    if (!isPast) onAct?.(act, event.receivedAtMs)
  }

  return async function follow(event: LoggedEvent): Promise<void> {
    if (event.kind === undefined || event.kind === 'status') await bring(event.telephonySessionId, event.position)
    take(event, false)
    for (const id of calls.takeUnseen()) await bring(id, event.position + 1)
  }
}
