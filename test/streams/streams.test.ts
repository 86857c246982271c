import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodeNotification } from '../../shared/protocol/notification.ts'
import { parsePythonLiteral } from '../replay/python-literal.ts'

/** The shipped streams, and the recordings that they re-type where those are at hand. */
const STREAMS = [
  ['pstn-to-user', 'PSTN-RingCentral-DataStreams.txt'],
  ['user-to-pstn', 'RingCentral-PSTN.txt'],
  ['user-to-user', 'RingCentral-RingCentral.txt'],
] as const
const RECORDINGS = fileURLToPath(new URL('../../../shared/csn-data', import.meta.url))

/** Words that belong to the protocol, or that are kept on purpose. Everything else in a recording has to be gone. */
const KEPT_TEXTS = new Set(['Call', 'IVR Menu 1001'])
const KEPT_FIELDS = new Set(['timestamp', 'eventTime', 'direction', 'code'])

function readShipped(name: string, file = 'events.jsonl'): string {
  return readFileSync(new URL(`./${name}/${file}`, import.meta.url), 'utf8')
}

function parseLines(text: string, parse: (line: string) => unknown): unknown[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parse(line)]))
}

describe.each(STREAMS)('%s', (name) => {
  test('every line is a telephony event, numbered from 2 without a gap', () => {
    const events = parseLines(readShipped(name), JSON.parse).map(decodeNotification)
    const sequences = events.map((event) => (event.kind === 'telephony' ? event.notification.sequence : event))
    expect(sequences).toEqual(sequences.map((_sequence, index) => index + 2))
  })

  test('all phone numbers are reserved for fiction', () => {
    for (const file of ['events.jsonl', 'expected.json', 'notes.md']) {
      for (const [number] of readShipped(name, file).matchAll(/\+\d+/g)) {
        expect(number).toMatch(/^\+1[2-9]\d\d55501\d\d$/)
      }
    }
  })
})

if (!existsSync(RECORDINGS)) {
  console.log('The recordings that the shipped streams re-type are not at hand: not compared.')
}

describe.skipIf(!existsSync(RECORDINGS)).each(STREAMS)('%s beside its recording', (name, recording) => {
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
    parties: parties.map(({ direction, status, id }) => ({ direction, status, index: id.split('-').at(-1) })),
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
