import type { LoggedEvent, NewEvent, SessionIndexEntry } from '../log/event-log.ts'
import { encodeId } from './keys.ts'

/** An event as an entry of the stream: its id is the position, its fields are those of the script that appends. */

/** As Redis answers: id, then field and value in turn. */
export type StreamEntry = readonly [id: string, fields: readonly string[]]

/** What the script is told of an event, from its third argument on. */
export function encodeEvent({ uuid, telephonySessionId, kind, receivedAtMs, text, extensionIds }: NewEvent) {
  return [
    uuid === undefined ? '' : encodeId(uuid),
    encodeId(telephonySessionId),
    kind ?? '',
    String(receivedAtMs),
    text,
    ...extensionIds.map(encodeId),
  ]
}

export function decodeEntry([id, fields]: StreamEntry): LoggedEvent {
  const values = new Map<string, string>()
  for (let index = 0; index + 1 < fields.length; index += 2) values.set(fields[index] ?? '', fields[index + 1] ?? '')
  const kind = values.get('k') as NonNullable<NewEvent['kind']> | ''
  const event = {
    position: Number.parseInt(id, 10),
    telephonySessionId: JSON.parse(values.get('s') ?? '""') as string,
    extensionIds: JSON.parse(values.get('x') ?? '[]') as readonly string[],
    receivedAtMs: Number(values.get('r')),
    text: values.get('t') ?? '',
  }
  return kind === '' ? event : { ...event, kind }
}

export function decodeUuid([, fields]: StreamEntry): string | undefined {
  const text = fields[fields.indexOf('u') + 1] ?? ''
  return text === '' ? undefined : (JSON.parse(text) as string)
}

/** An item of a session's list: `position [extensions]`. */
export function decodeIndexEntry(text: string): SessionIndexEntry {
  const space = text.indexOf(' ')
  return {
    position: Number(text.slice(0, space)),
    extensionIds: JSON.parse(text.slice(space + 1)) as readonly string[],
  }
}
