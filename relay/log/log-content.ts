import type { AsideItem, EventLog, FormerLog, NewEvent } from './event-log.ts'
import type { Records } from './records.ts'

/** All that is kept, to be put somewhere else: with the positions and the name that it has, so that cursors go on. */
export interface LogContent {
  readonly id: string
  readonly former: readonly FormerLog[]
  /** Of the first event; the next position where there is none. */
  readonly firstPosition: number
  readonly headPosition: number
  /** The events in order, some at a time. */
  events(): AsyncGenerator<readonly NewEvent[]>
  readonly aside: readonly AsideItem[]
  readonly records: ReadonlyMap<string, string>
}

const EVENTS_AT_A_TIME = 500

/** Nothing else may write meanwhile. */
export async function readContent(log: EventLog, records: Records): Promise<LogContent> {
  const { id, former, oldestPosition, headPosition } = log
  return {
    id,
    former,
    firstPosition: oldestPosition,
    headPosition,
    aside: await log.readAside(),
    records: await records.entries(),
    async *events() {
      let position = oldestPosition - 1
      while (position < headPosition) {
        const events = await log.read(position, EVENTS_AT_A_TIME)
        if (events[0]?.position !== position + 1) throw new Error(`Event ${position + 1} of the log can not be read.`)
        position = events.at(-1)?.position ?? position
        yield await Promise.all(events.map(async (event) => ({ ...event, uuid: await log.readUuid(event.position) })))
      }
    },
  }
}
