import type { StoredEvent, StoredEvents } from './schema.ts'

/**
 * Packs events for storing: those of one call that arrived together become one record. Each record costs about as much
 * as its content, and a week offline brings thousands of events.
 */
export function packEvents(events: readonly StoredEvent[]): readonly StoredEvents[] {
  const sessions = new Map<string, [StoredEvent, ...StoredEvent[]]>()
  for (const event of events) {
    const together = sessions.get(event.telephonySessionId)
    if (together === undefined) sessions.set(event.telephonySessionId, [event])
    else together.push(event)
  }
  return [...sessions.values()].map((together) => {
    const [{ telephonySessionId, sequence, uuid }] = together
    return {
      telephonySessionId,
      sequence,
      uuid,
      count: together.length,
      events: together.map(({ telephonySessionId: _, ...event }) => event),
    }
  })
}

/** The events of some records, one after the other as they came. */
export function unpackEvents(packs: readonly StoredEvents[]): readonly StoredEvent[] {
  return packs.flatMap(({ telephonySessionId, events }) => events.map((event) => ({ telephonySessionId, ...event })))
}
