import type { LoggedEvent } from '../log/event-log.ts'
import { decodeEntry, type StreamEntry } from './event-entry.ts'
import { KEYS } from './keys.ts'
import type { Session } from './session.ts'

/** What comes by: the log's events, what others have changed of the records, and what they have to say. */
export interface TailOptions {
  readonly session: Session
  /** This process, whose own changes are known. */
  readonly relayId: string
  /** After these it begins. */
  readonly afterPosition: number
  readonly afterChange: string
  onEvents(events: readonly LoggedEvent[]): void
  /** Resolves when what has changed is known: events that came after it wait for that. */
  onChanges(keys: readonly string[]): Promise<void>
  onMessage(text: string): void
}

/** Each look waits so long for something to come; the connection is known to live by it. */
const BLOCK_MS = 1000
const MAX_EVENTS = 500

/** Reads on, until the session is lost. */
export async function followStreams(options: TailOptions): Promise<void> {
  const { session, relayId, onEvents, onChanges, onMessage } = options
  let position = options.afterPosition
  let change = options.afterChange
  while (!session.isLost) {
    const from = [`${position}-0`, change]
    const command = [
      'XREAD',
      'COUNT',
      String(MAX_EVENTS),
      'BLOCK',
      String(BLOCK_MS),
      'STREAMS',
      KEYS.events,
      KEYS.changes,
    ]
    const answer = await session.wait([...command, ...from], BLOCK_MS)
    const entries = new Map((answer ?? []) as readonly (readonly [string, readonly StreamEntry[]])[])
    const changes = entries.get(KEYS.changes) ?? []
    change = changes.at(-1)?.[0] ?? change
    const others = changes.map(([, fields]) => fieldsOf(fields)).filter(({ w }) => w !== relayId)
    const keys = [...new Set(others.flatMap(({ k }) => k ?? []))]
    if (keys.length > 0) await onChanges(keys)
    for (const { m } of others) if (m !== undefined) onMessage(m)
    const events = (entries.get(KEYS.events) ?? []).map(decodeEntry)
    const [first] = events
    if (first === undefined) continue
    if (first.position !== position + 1)
      throw new Error(`Position ${position + 1} of the log is gone before it was read`)
    position = events.at(-1)?.position ?? position
    onEvents(events)
  }
}

function fieldsOf(flat: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index], flat[2 * index + 1]]),
  )
}
