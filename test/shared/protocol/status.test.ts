import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeFault } from '../../../shared/protocol/raw.ts'
import { decodeStatus, type SessionStatus } from '../../../shared/protocol/status.ts'
import { at, buildParty, START_MS } from '../../support/notification.ts'

const answer = {
  telephonySessionId: 's-1',
  asOf: at(500),
  found: true,
  session: {
    id: 's-1',
    creationTime: at(0),
    origin: { type: 'RingOut' },
    voiceCallToken: 'never read',
    parties: [buildParty({ status: { code: 'Hold' } })],
  },
}

function statusOf(raw: unknown): SessionStatus {
  const decoded = decodeStatus(raw)
  if (decoded.kind !== 'status') throw new Error(describeFault(decoded.fault))
  return decoded.status
}

it('reads an answer', () => {
  expect(statusOf(answer)).toMatchObject({
    telephonySessionId: 's-1',
    asOfMs: START_MS + 500,
    found: true,
    createdMs: START_MS,
    origin: 'RingOut',
    parties: [{ id: 'p-1', status: { code: 'Hold' } }],
  })
})

it('keeps nothing of an answer but what it knows', () => {
  expect(JSON.stringify(statusOf(answer))).not.toContain('never read')
})

it('reads that the platform knows no such session, whatever comes with it', () => {
  const unknown = { telephonySessionId: 's-1', asOfMs: START_MS + 500, found: false, parties: [] }
  expect(statusOf({ ...answer, found: false, session: undefined })).toMatchObject(unknown)
  expect(statusOf({ ...answer, found: false })).toMatchObject(unknown)
})

it('leaves out a party that cannot be read: the others still repair', () => {
  const parties = [buildParty({ id: undefined }), buildParty({ id: 'p-2' }), 'odd', buildParty({ status: {} })]
  expect(statusOf({ ...answer, session: { parties } }).parties.map(({ id }) => id)).toEqual(['p-2'])
})

it('takes an answer without a time of creation and an origin', () => {
  expect(statusOf({ ...answer, session: { parties: [] } })).toMatchObject({
    createdMs: undefined,
    origin: undefined,
    parties: [],
  })
})

it('N3 ids are strings, also where a number came', () => {
  expect(statusOf({ ...answer, telephonySessionId: 7 }).telephonySessionId).toBe('7')
})

describe('refuses', () => {
  const cases: readonly (readonly [name: string, raw: unknown, sentence: string])[] = [
    ['a text', 'status', 'the status should be an object, but is a string'],
    ['no session id', { ...answer, telephonySessionId: null }, 'telephonySessionId should be an id, but is null'],
    ['no moment', { ...answer, asOf: undefined }, 'asOf should be an ISO-8601 time with a zone, but is missing'],
    [
      'a moment without a zone',
      { ...answer, asOf: '2026-06-01T12:00:00' },
      'asOf should be an ISO-8601 time with a zone, but is a string',
    ],
    ['no word whether it was found', { ...answer, found: 'yes' }, 'found should be true or false, but is a string'],
    ['no session', { ...answer, session: undefined }, 'session.parties should be a list, but is missing'],
    [
      'no list of parties',
      { ...answer, session: { parties: {} } },
      'session.parties should be a list, but is an object',
    ],
  ]
  it.each(cases)('%s', (_, raw, sentence) => {
    const decoded = decodeStatus(raw)
    expect(decoded.kind === 'unusable' && describeFault(decoded.fault)).toBe(sentence)
  })
})

it('never throws', () => {
  const odd = fc.record(
    {
      telephonySessionId: fc.oneof(fc.string(), fc.anything()),
      asOf: fc.oneof(fc.constant(at(0)), fc.anything()),
      found: fc.oneof(fc.boolean(), fc.anything()),
      session: fc.oneof(fc.anything(), fc.record({ parties: fc.array(fc.anything()), origin: fc.anything() })),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), odd), (raw) => {
      expect(['status', 'unusable']).toContain(decodeStatus(raw).kind)
    }),
    { numRuns: 300 },
  )
})
