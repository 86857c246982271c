import { crc32 } from 'node:zlib'
import { DamagedError } from '../damaged-error.ts'
import type { AsideItem, NewEvent } from '../event-log.ts'
import { type LmdbEntry, openLmdbFile } from './lmdb-file.ts'

/** Content of the embedded store that relays used before segment files. */
export interface OldStore {
  readonly logId: string
  readonly headPosition: number
  /** In order of position, up to the head; each with its position. */
  events(): Generator<NewEvent & { readonly position: number }>
  aside(): Generator<AsideItem>
  records(): Generator<{ readonly key: string; readonly value: string }>
  close(): void
}

/** Beside the people's records the store kept two of its own. */
const STATE_KEY = 'log'
const COMMITS_KEY = 'commits'

/** Throws a {@link DamagedError} when it can't be read, and while it is read. */
export function openOldStore(path: string): OldStore {
  const file = openLmdbFile(path)

  function* records() {
    for (const { key, value } of file.entries('records')) {
      const name = key.toString()
      const { head, text } = openSealed(name, value)
      yield { key: name, head, value: text }
    }
  }

  const state = [...records()].find(({ key }) => key === STATE_KEY)?.head as { id: string; head: number } | undefined
  if (state === undefined) throw new DamagedError(`${path} has no log in it`)

  return {
    logId: state.id,
    headPosition: state.head,
    *events() {
      let last: number | undefined
      for (const entry of file.entries('events')) {
        const position = decodeNumber(entry.key)
        if (position > state.head) break
        if (last !== undefined && position !== last + 1)
          throw new DamagedError(`event ${last + 1} is missing in ${path}`)
        last = position
        yield { position, ...decodeEvent(position, entry) }
      }
      if (last !== undefined && last !== state.head) throw new DamagedError(`event ${last + 1} is missing in ${path}`)
    },
    *aside() {
      for (const { key, value } of file.entries('aside')) {
        const { head, text } = openSealed(decodeNumber(key), value)
        yield { ...(head as Omit<AsideItem, 'text'>), text }
      }
    },
    *records() {
      for (const { key, value } of records()) if (key !== STATE_KEY && key !== COMMITS_KEY) yield { key, value }
    },
    close: file.close,
  }
}

function decodeEvent(position: number, { value }: LmdbEntry): NewEvent {
  const { head, text } = openSealed(position, value)
  const { session, extensions, receivedAtMs, uuid, kind } = head as {
    session: string
    extensions: readonly string[]
    receivedAtMs: number
    uuid: string | null
    kind?: 'status'
  }
  const event = {
    uuid: uuid ?? undefined,
    telephonySessionId: session,
    extensionIds: extensions,
    receivedAtMs,
    text,
  }
  return kind === undefined ? event : { ...event, kind }
}

/** A record: CRC-32 of its key and the rest, the length of its head (both big endian), the head as JSON, the text. */
function openSealed(key: string | number, value: Buffer): { head: unknown; text: string } {
  if (value.length < 8 || value.readUInt32BE(0) !== crc32(value.subarray(4), crc32(String(key)))) {
    throw new DamagedError('a stored record does not match its checksum')
  }
  const headEnd = 8 + value.readUInt32BE(4)
  return { head: JSON.parse(value.toString('utf8', 8, headEnd)), text: value.toString('utf8', headEnd) }
}

/** A number as a key: its bits as a float, begun with 1 and moved by half a byte, without the zeros at the end. */
function decodeNumber(key: Buffer): number {
  const digits = key.toString('hex').padEnd(17, '0').slice(1, 17)
  return Buffer.from(digits, 'hex').readDoubleBE()
}
