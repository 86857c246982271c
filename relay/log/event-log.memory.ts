import { randomUUID } from 'node:crypto'
import { type AsideItem, type EventLog, type LoggedEvent, MAX_ASIDE, type NewEvent } from './event-log.ts'
import { createReaderPins } from './reader-pins.ts'
import { scanOwned } from './scan-owned.ts'

/** The log in memory: for tests and measurements. What it calls durable lives as long as the process. */
export function createMemoryEventLog(): EventLog {
  const id = randomUUID()
  const positionsByUuid = new Map<string, number>()
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>()
  const pins = createReaderPins()
  let events: readonly (LoggedEvent & Pick<NewEvent, 'uuid'>)[] = []
  let aside: readonly AsideItem[] = []
  let headPosition = 0

  const eventsOf = (telephonySessionId: string) =>
    events.filter((event) => event.telephonySessionId === telephonySessionId)

  const log: EventLog = {
    id,
    former: [],
    isWritable: true,
    hindrance: undefined,
    checkWritable: async () => true,
    get usedBytes() {
      return sizeOf(events) + sizeOf(aside)
    },
    pin: pins.pin,
    get headPosition() {
      return headPosition
    },
    get oldestPosition() {
      return events[0]?.position ?? headPosition + 1
    },
    async append(event) {
      const known = event.uuid === undefined ? undefined : positionsByUuid.get(event.uuid)
      if (known !== undefined) return { position: known, isNew: false }
      headPosition += 1
      const logged = { ...event, position: headPosition }
      events = [...events, logged]
      if (event.uuid !== undefined) positionsByUuid.set(event.uuid, headPosition)
      for (const listener of listeners) listener([logged])
      return { position: headPosition, isNew: true }
    },
    async read(afterPosition, limit) {
      return events.filter(({ position }) => position > afterPosition).slice(0, limit)
    },
    readOwned: (extensionIds, afterPosition, limit) => scanOwned(log, { extensionIds, afterPosition, limit }),
    async readSession(telephonySessionId, beforePosition) {
      return eventsOf(telephonySessionId).filter(({ position }) => position < beforePosition)
    },
    async readSessionIndex(telephonySessionId) {
      return eventsOf(telephonySessionId).map(({ position, extensionIds }) => ({ position, extensionIds }))
    },
    async readUuid(position) {
      return events.find((event) => event.position === position)?.uuid
    },
    async keepAside(item) {
      aside = [...aside, item].slice(-MAX_ASIDE)
    },
    readAside: async () => aside,
    async trim({ beforeMs, maxBytes }) {
      let excessBytes = sizeOf(events) + sizeOf(aside) - maxBytes
      const firstKept = events.findIndex((event) => {
        if (event.position > pins.lowestPosition()) return true
        if (event.receivedAtMs >= beforeMs && excessBytes <= 0) return true
        excessBytes -= sizeOf([event])
        return false
      })
      const forgotten = firstKept === -1 ? events : events.slice(0, firstKept)
      events = events.slice(forgotten.length)
      for (const { uuid } of forgotten) if (uuid !== undefined) positionsByUuid.delete(uuid)
      aside = aside.filter(({ receivedAtMs }) => receivedAtMs >= beforeMs)
      return forgotten.length
    },
    onAppended(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reachHead: async () => undefined,
    onRenamed: () => undefined,
  }
  return log
}

function sizeOf(items: readonly { readonly text: string }[]): number {
  return items.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
}
