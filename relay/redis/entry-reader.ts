import type { AsideItem, EventLog, LoggedEvent } from '../log/event-log.ts'
import { decodeEntry, decodeIndexEntry, decodeUuid, type StreamEntry } from './event-entry.ts'
import { encodeId, KEYS, ownedKey, sessionKey } from './keys.ts'
import type { Session } from './session.ts'

/** What can be read of the log, up to the head that this process knows. */
export type EntryReader = Pick<
  EventLog,
  'read' | 'readOwned' | 'readSession' | 'readSessionIndex' | 'readUuid' | 'readAside'
>

export function createEntryReader(use: () => Session, headPosition: () => number): EntryReader {
  async function readRange(from: number, to: number, limit?: number): Promise<readonly LoggedEvent[]> {
    if (from > to) return []
    const count = limit === undefined ? [] : ['COUNT', String(limit)]
    const entries = await use().read(['XRANGE', KEYS.events, `${from}-0`, `${to}-0`, ...count])
    return (entries as readonly StreamEntry[]).map(decodeEntry)
  }

  /** Those that are still kept. */
  async function readAt(positions: readonly number[]): Promise<readonly LoggedEvent[]> {
    return (await Promise.all(runsOf(positions).map(([from, to]) => readRange(from, to)))).flat()
  }

  /** The first positions of what belongs to an extension. */
  async function listOwned(extensionId: string, afterPosition: number, limit: number): Promise<readonly number[]> {
    const key = ownedKey(encodeId(extensionId))
    const range = [`(${afterPosition}`, String(headPosition()), 'LIMIT', '0', String(limit)]
    return ((await use().read(['ZRANGEBYSCORE', key, ...range])) as readonly string[]).map(Number)
  }

  async function readSessionIndex(telephonySessionId: string) {
    const items = await use().read(['LRANGE', sessionKey(encodeId(telephonySessionId)), '0', '-1'])
    const head = headPosition()
    return (items as readonly string[]).map(decodeIndexEntry).filter(({ position }) => position <= head)
  }

  return {
    read: (afterPosition, limit) => readRange(afterPosition + 1, headPosition(), limit),
    async readOwned(extensionIds, afterPosition, limit) {
      const head = headPosition()
      if (afterPosition >= head) return { events: [], upToPosition: afterPosition }
      const found = await Promise.all(extensionIds.map((id) => listOwned(id, afterPosition, limit)))
      const positions = [...new Set(found.flat())].sort((a, b) => a - b).slice(0, limit)
      const last = positions.at(-1)
      // As many as were asked for: there may be others behind.
      const upToPosition = last !== undefined && positions.length === limit ? last : head
      return { events: await readAt(positions), upToPosition }
    },
    async readSession(telephonySessionId, beforePosition) {
      const index = await readSessionIndex(telephonySessionId)
      return readAt(index.map(({ position }) => position).filter((position) => position < beforePosition))
    },
    readSessionIndex,
    async readUuid(position) {
      const entries = await use().read(['XRANGE', KEYS.events, `${position}-0`, `${position}-0`])
      const [entry] = entries as readonly StreamEntry[]
      return entry === undefined ? undefined : decodeUuid(entry)
    },
    async readAside() {
      const items = (await use().read(['LRANGE', KEYS.aside, '0', '-1'])) as readonly string[]
      return items.map(decodeAside)
    },
  }
}

function decodeAside(text: string): AsideItem {
  const [receivedAtMs, reason, content] = JSON.parse(text) as [number, string, string]
  return { receivedAtMs, reason, text: content }
}

/** Positions in order as runs without a gap, each with its first and its last. */
function runsOf(positions: readonly number[]): readonly (readonly [from: number, to: number])[] {
  const runs: [number, number][] = []
  for (const position of positions) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === position - 1) run[1] = position
    else runs.push([position, position])
  }
  return runs
}
