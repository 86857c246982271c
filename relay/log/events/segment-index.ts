import type { Frame } from '../segments/batch.ts'
import { type Column, createColumn } from './column.ts'
import { createOwnedLists, type OwnedLists, openOwnedLists } from './owned-lists.ts'

/**
 * What is known of each event of one segment without reading it, in memory and, once the segment is sealed, in a file beside
 * it. Events are counted from 0 within the segment.
 */
export interface SegmentIndex {
  readonly count: number
  /** The latest, ms since the epoch. */
  readonly lastReceivedAtMs: number
  /** Up to 24 days from the first event's; beyond that it says 24 days. */
  receivedAtMsOf(index: number): number
  add(event: IndexedEvent): void
  frameOf(index: number): Frame
  /** 0 for one without a uuid. */
  uuidHashOf(index: number): number
  sessionOf(index: number): string
  /** The place of the event's session in {@link SegmentIndex.sessions}. */
  sessionNumberOf(index: number): number
  forEachOwner(index: number, visit: (extensionId: string) => void): void
  ownersOf(index: number): readonly string[]
  /** How many positions before it its session's previous event is; 0 for none. */
  stepsBackOf(index: number): number
  /** Sessions of the events, each once. */
  readonly sessions: readonly string[]
  /** Which events after `index` are the extension's own or follow one in the same session, at most `limit`. */
  ownedAfter(extensionId: string, index: number, limit: number): readonly number[]
  /** The index of a segment that begins with the event `from`, its frames having moved by so many bytes. */
  slice(from: number, movedBytes: number): SegmentIndex
  encode(): Buffer
}

export interface IndexedEvent {
  readonly frame: Frame
  readonly receivedAtMs: number
  readonly uuidHash: number
  readonly session: string
  /** Extensions that own a party in it. */
  readonly owners: readonly string[]
  /** Extensions that own a party in it or in an earlier event of the session. */
  readonly members: readonly string[]
  readonly stepsBack: number
}

/** Numbers of the names that occur, in the order of their first occurrence. */
interface Names {
  readonly list: readonly string[]
  numberOf(name: string): number
  find(name: string): number | undefined
}

const COLUMNS = ['offsets', 'bytes', 'received', 'uuidHashes', 'sessions', 'stepsBack', 'ownerEnds', 'owners'] as const
type Columns = Readonly<Record<(typeof COLUMNS)[number], Column>>

interface IndexParts {
  readonly columns: Columns
  readonly sessionNames: readonly string[]
  readonly extensionNames: readonly string[]
  readonly owned: OwnedLists
  readonly firstReceivedAtMs: number
  readonly lastReceivedAtMs: number
}

const NONE = new Uint32Array()
/** The middle of what a column can hold, so that a clock may go either way. */
const SAME_TIME = 2 ** 31

export function createSegmentIndex(): SegmentIndex {
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, createColumn()])) as Columns
  const times = { firstReceivedAtMs: 0, lastReceivedAtMs: Number.NEGATIVE_INFINITY }
  return createIndex({ columns, sessionNames: [], extensionNames: [], owned: createOwnedLists(), ...times })
}

function createIndex(parts: IndexParts): SegmentIndex {
  const { offsets, bytes, received, uuidHashes, sessions, stepsBack, ownerEnds, owners } = parts.columns
  const sessionNames = createNames(parts.sessionNames)
  const extensionNames = createNames(parts.extensionNames)
  const { owned } = parts
  let { firstReceivedAtMs, lastReceivedAtMs } = parts

  function forEachOwner(index: number, visit: (extensionId: string) => void): void {
    const end = ownerEnds.at(index)
    for (let at = index === 0 ? 0 : ownerEnds.at(index - 1); at < end; at++) {
      visit(extensionNames.list[owners.at(at)] as string)
    }
  }

  function ownersOf(index: number): readonly string[] {
    const found: string[] = []
    forEachOwner(index, (extensionId) => found.push(extensionId))
    return found
  }

  /** For each event the members that it was taken down with. */
  function listMembers(): readonly (readonly string[])[] {
    const members: string[][] = Array.from({ length: offsets.length }, () => [])
    for (const [number, name] of extensionNames.list.entries()) {
      for (const index of owned.of(number)) members[index]?.push(name)
    }
    return members
  }

  const index: SegmentIndex = {
    get count() {
      return offsets.length
    },
    get lastReceivedAtMs() {
      return lastReceivedAtMs
    },
    get sessions() {
      return sessionNames.list
    },
    receivedAtMsOf: (index) => received.at(index) - SAME_TIME + firstReceivedAtMs,
    add(event) {
      const index = offsets.length
      if (index === 0) firstReceivedAtMs = event.receivedAtMs
      const sinceFirstMs = Math.round(event.receivedAtMs - firstReceivedAtMs)
      received.push(Math.min(Math.max(sinceFirstMs + SAME_TIME, 0), 2 * SAME_TIME - 1))
      offsets.push(event.frame.offset)
      bytes.push(event.frame.bytes)
      uuidHashes.push(event.uuidHash)
      sessions.push(sessionNames.numberOf(event.session))
      stepsBack.push(event.stepsBack)
      for (const owner of event.owners) owners.push(extensionNames.numberOf(owner))
      ownerEnds.push(owners.length)
      for (const member of event.members) {
        owned.add(extensionNames.numberOf(member), index)
      }
      lastReceivedAtMs = Math.max(lastReceivedAtMs, event.receivedAtMs)
    },
    frameOf: (index) => ({ offset: offsets.at(index), bytes: bytes.at(index) }),
    uuidHashOf: uuidHashes.at,
    sessionOf: (index) => sessionNames.list[sessions.at(index)] as string,
    sessionNumberOf: sessions.at,
    forEachOwner,
    ownersOf,
    stepsBackOf: stepsBack.at,
    ownedAfter(extensionId, index, limit) {
      const number = extensionNames.find(extensionId)
      if (number === undefined) return []
      const values = owned.of(number)
      const first = firstAbove(values, index)
      return Array.from(values.subarray(first, first + limit))
    },
    slice(from, movedBytes) {
      const rest = createSegmentIndex()
      const members = listMembers()
      for (let at = from; at < offsets.length; at++) {
        rest.add({
          frame: { offset: offsets.at(at) + movedBytes, bytes: bytes.at(at) },
          receivedAtMs: index.receivedAtMsOf(at),
          uuidHash: uuidHashes.at(at),
          session: index.sessionOf(at),
          owners: ownersOf(at),
          members: members[at] ?? [],
          stepsBack: stepsBack.at(at),
        })
      }
      return rest
    },
    encode() {
      const { ends, values } = owned.pack()
      const sections = [...COLUMNS.map((name) => parts.columns[name].values()), ends, values]
      const names = { sessionNames: sessionNames.list, extensionNames: extensionNames.list }
      return joinSections(Buffer.from(JSON.stringify({ firstReceivedAtMs, lastReceivedAtMs, ...names })), sections)
    },
  }
  return index
}

/** Opens what `encode` has made, which takes no more events; throws when it is nothing of the kind. */
export function decodeSegmentIndex(encoded: Buffer): SegmentIndex {
  const { head, sections } = splitSections(encoded)
  const facts = JSON.parse(head.toString()) as Omit<IndexParts, 'columns' | 'owned'>
  const columns = Object.fromEntries(COLUMNS.map((name, at) => [name, createColumn(sections[at])])) as Columns
  const owned = openOwnedLists(sections[COLUMNS.length] ?? NONE, sections[COLUMNS.length + 1] ?? NONE)
  return createIndex({ ...facts, columns, owned })
}

function createNames(start: readonly string[]): Names {
  const list = [...start]
  let numbers: Map<string, number> | undefined
  // Of a segment that is only read most are never asked for.
  const known = () => (numbers ??= new Map(list.map((name, number) => [name, number])))
  return {
    list,
    find: (name) => known().get(name),
    numberOf(name) {
      const number = known().get(name)
      if (number !== undefined) return number
      known().set(name, list.length)
      return list.push(name) - 1
    },
  }
}

/** The index of the first value above `limit` in a list that grows. */
function firstAbove(values: Uint32Array, limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] as number) > limit) high = middle
    else low = middle + 1
  }
  return low
}

/** Lengths first, so that what follows can be taken as it lies: four bytes a number, little endian. */
function joinSections(head: Buffer, sections: readonly Uint32Array[]): Buffer {
  const headPadding = (4 - (head.length % 4)) % 4
  const lengths = Uint32Array.from([head.length, sections.length, ...sections.map(({ length }) => length)])
  return Buffer.concat([
    bytesOf(lengths),
    head,
    Buffer.alloc(headPadding),
    ...sections.map((section) => bytesOf(section)),
  ])
}

function splitSections(encoded: Buffer): { head: Buffer; sections: readonly Uint32Array[] } {
  // Numbers are read where they lie, which must be a multiple of their size.
  const buffer = encoded.buffer.slice(encoded.byteOffset, encoded.byteOffset + encoded.length)
  const [headBytes = 0, count = 0] = new Uint32Array(buffer, 0, 2)
  const lengths = new Uint32Array(buffer, 8, count)
  const headAt = 8 + count * 4
  let at = headAt + Math.ceil(headBytes / 4) * 4
  const sections: Uint32Array[] = []
  for (const length of lengths) {
    sections.push(new Uint32Array(buffer, at, length))
    at += length * 4
  }
  return { head: Buffer.from(buffer, headAt, headBytes), sections }
}

function bytesOf(values: Uint32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength)
}
