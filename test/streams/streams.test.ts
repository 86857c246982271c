import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodeNotification, type TelephonyNotification } from '../../shared/protocol/notification.ts'
import { DAY_MS } from '../../shared/time.ts'
import { parsePythonLiteral } from '../replay/python-literal.ts'
import {
  AGENT_EXTENSION_ID,
  INVENTED_NAMES,
  listExpectedParts,
  loadExpected,
  RECORDED_NAMES,
  STREAM_NAMES,
  type StreamName,
  streamPath,
} from '../support/streams.ts'

/** The recordings that shipped streams re-type, where those are at hand. */
const RECORDINGS = fileURLToPath(new URL('../../../shared/csn-data', import.meta.url))
const RECORDED_FILES = {
  'pstn-to-user': 'PSTN-RingCentral-DataStreams.txt',
  'user-to-pstn': 'RingCentral-PSTN.txt',
  'user-to-user': 'RingCentral-RingCentral.txt',
} as const
const RE_TYPED = RECORDED_NAMES.map((name) => [name, RECORDED_FILES[name]] as const)

/** Words that belong to the protocol, or that are kept on purpose. Everything else in a recording has to be gone. */
const KEPT_TEXTS = new Set(['Call', 'IVR Menu 1001'])
const KEPT_FIELDS = new Set(['timestamp', 'eventTime', 'direction', 'code'])

/** What recorded traffic lets a time stamp differ from the event's own time by, in ms. */
const STAMP_MS = { min: 14, max: 113 } as const

function readShipped(name: StreamName, file = 'events.jsonl'): string {
  return readFileSync(streamPath(name, file), 'utf8')
}

function parseLines(text: string, parse: (line: string) => unknown): unknown[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parse(line)]))
}

function decode(raw: unknown): TelephonyNotification {
  const decoded = decodeNotification(raw)
  if (decoded.kind !== 'telephony') throw new Error(`not a telephony event: ${JSON.stringify(decoded)}`)
  return decoded.notification
}

function decodeShipped(name: StreamName): readonly TelephonyNotification[] {
  return parseLines(readShipped(name), JSON.parse).map(decode)
}

describe.each(STREAM_NAMES)('%s', (name) => {
  const events = decodeShipped(name)
  const sessions = new Map<string, TelephonyNotification[]>()
  for (const event of events) {
    sessions.set(event.telephonySessionId, [...(sessions.get(event.telephonySessionId) ?? []), event])
  }

  test('every state is one that is known, and every session is numbered from 2 without a gap', () => {
    const states = events.flatMap(({ parties }) => parties.map(({ status }) => status.code))
    expect(states.filter((code) => code === 'Unrecognised')).toEqual([])
    for (const session of sessions.values()) {
      expect(session.map(({ sequence }) => sequence)).toEqual(session.map((_, index) => index + 2))
    }
  })

  test('times of a session never go backwards, and each is stamped as late as in recorded traffic', () => {
    for (const session of sessions.values()) {
      const times = session.map(({ eventTimeMs }) => eventTimeMs)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }
    for (const { eventTimeMs, timestampMs } of events) {
      expect(timestampMs - eventTimeMs).toBeGreaterThanOrEqual(STAMP_MS.min)
      expect(timestampMs - eventTimeMs).toBeLessThanOrEqual(STAMP_MS.max)
    }
  })

  test('every party leaves, and one that went elsewhere names a party of this stream', () => {
    const last = new Map(events.flatMap(({ parties }) => parties.map((party) => [party.id, party] as const)))
    for (const { status } of last.values()) {
      expect(['Disconnected', 'Gone']).toContain(status.code)
      if (status.code !== 'Gone') continue
      expect([...sessions.keys()]).toContain(status.peer?.telephonySessionId)
      expect([...last.keys()]).toContain(status.peer?.partyId)
    }
  })

  test('an event happens at the owner of its party', () => {
    for (const raw of parseLines(readShipped(name), JSON.parse)) {
      const [party] = decode(raw).parties
      const owner = party?.extensionId === undefined ? '' : `/extension/${party.extensionId}`
      expect(raw).toMatchObject({ event: `/restapi/v1.0/account/400100${owner}/telephony/sessions` })
    }
  })

  test('all phone numbers are reserved for fiction', () => {
    for (const file of ['events.jsonl', 'expected.json', 'notes.md']) {
      for (const [number] of readShipped(name, file).matchAll(/\+\d+/g)) {
        expect(number).toMatch(/^(\+1[2-9]\d\d55501\d\d|\+442079460\d{3})$/)
      }
    }
  })

  test('the figures beside it are of its own sessions and parties', () => {
    const expected = loadExpected(name)
    const ids = (list: readonly { readonly telephonySessionId: string }[]) =>
      new Set(list.map(({ telephonySessionId }) => telephonySessionId))
    expect(expected.report.events).toBe(events.length)
    expect(ids(expected.report.sessions)).toEqual(ids(events))
    expect(expected.journeys.flatMap((journey) => journey.sessions).toSorted()).toEqual([...sessions.keys()].toSorted())
    for (const { telephonySessionId, extensionId } of listExpectedParts(expected)) {
      const parties = sessions.get(telephonySessionId)?.flatMap((event) => event.parties) ?? []
      expect(parties.map((party) => party.extensionId)).toContain(extensionId)
    }
    expect(listExpectedParts(expected).map(({ extensionId }) => extensionId)).toContain(AGENT_EXTENSION_ID)
  })
})

test.each(INVENTED_NAMES)('the notes of %s say first that it is invented', (name) => {
  const [title, , opening] = readShipped(name, 'notes.md').split('\n')
  expect(title).toMatch(/^# [A-Z]/)
  expect(opening).toMatch(/^An invented stream: /)
})

test('no two streams share a session, a legacy id, a uuid or a day', () => {
  const distinct = { telephonySessionId: new Set(), sessionId: new Set(), uuid: new Set(), day: new Set() }
  let [sessions, bridges, events] = [0, 0, 0]
  for (const name of INVENTED_NAMES) {
    const stream = decodeShipped(name)
    for (const { telephonySessionId, sessionId, uuid, eventTimeMs } of stream) {
      distinct.telephonySessionId.add(telephonySessionId)
      distinct.sessionId.add(sessionId)
      distinct.uuid.add(uuid)
      distinct.day.add(Math.floor(eventTimeMs / DAY_MS))
    }
    const ids = new Map(stream.map(({ telephonySessionId, sessionId }) => [telephonySessionId, sessionId]))
    sessions += ids.size
    bridges += [...ids.values()].filter((sessionId) => sessionId === '0').length
    events += stream.length
  }
  expect(distinct.telephonySessionId.size).toBe(sessions)
  // Conferences have one legacy id together.
  expect(bridges).toBe(2)
  expect(distinct.sessionId.size).toBe(sessions - bridges + 1)
  expect(distinct.uuid.size).toBe(events)
  expect(distinct.day.size).toBe(INVENTED_NAMES.length)
})

if (!existsSync(RECORDINGS)) {
  console.log('The recordings that the shipped streams re-type are not at hand: not compared.')
}

describe.skipIf(!existsSync(RECORDINGS)).each(RE_TYPED)('%s beside its recording', (name, recording) => {
  const original = () => parseLines(readFileSync(`${RECORDINGS}/${recording}`, 'utf8'), parsePythonLiteral)

  test('has the same numbers, times, directions and states, line by line', () => {
    expect(parseLines(readShipped(name), JSON.parse).map(selectFacts)).toEqual(original().map(selectFacts))
  })

  test('has the same fields in the same events', () => {
    expect(parseLines(readShipped(name), JSON.parse).map(outline)).toEqual(original().map(outline))
  })

  test('has no id, number, name or uuid of it', () => {
    const shipped = ['events.jsonl', 'expected.json', 'notes.md'].map((file) => readShipped(name, file)).join('\n')
    const shippedTexts = new Set(parseLines(readShipped(name), JSON.parse).flatMap(collectTexts))
    const originalTexts = original().flatMap(collectTexts)
    expect(originalTexts.length).toBeGreaterThan(100)
    for (const text of originalTexts) {
      expect(shippedTexts).not.toContain(text)
      for (const piece of identifyingPieces(text)) expect(shipped).not.toContain(piece)
    }
  })
})

/** What a re-typed line has in common with its original. */
function selectFacts(line: unknown): unknown {
  const decoded = decodeNotification(line)
  if (decoded.kind !== 'telephony') return decoded
  const { sequence, eventTimeMs, timestampMs, origin, parties } = decoded.notification
  return {
    sequence,
    eventTimeMs,
    timestampMs,
    origin,
    parties: parties.map(({ direction, status: { rawCode, reason }, id }) => ({
      direction,
      rawCode,
      reason,
      index: id.split('-').at(-1),
    })),
  }
}

/** The names of all fields and the kinds of their values, without the values. */
function outline(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(outline)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, outline(inner)]))
}

/** Every text in a line that could tell who it was. */
function collectTexts(value: unknown): string[] {
  if (typeof value === 'string') return KEPT_TEXTS.has(value) ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(collectTexts)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (KEPT_FIELDS.has(key) ? [] : collectTexts(inner)))
}

/** Words and runs of digits that are long enough to be found in another text only by copying. */
function identifyingPieces(text: string): string[] {
  const common = new Set(['account', 'extension', 'restapi', 'telephony', 'sessions', 'ringcentral'])
  return (text.match(/[A-Za-z0-9]{5,}/g) ?? []).filter((piece) => !common.has(piece))
}
