import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Tracker } from '../../../shared/call/track.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { describeFault } from '../../../shared/protocol/raw.ts'
import { at, buildEnvelope, buildParty, decode, START_MS } from '../../support/notification.ts'

/** Why something is no event, in a sentence; `undefined` when it is one. */
function refusalOf(raw: unknown): string | undefined {
  const decoded = decodeNotification(raw)
  return decoded.kind === 'unusable' ? describeFault(decoded.fault) : undefined
}

describe('N1 what has not all that an event must have is refused, and the path of the fault said:', () => {
  const cases: readonly (readonly [name: string, raw: unknown, sentence: string])[] = [
    ['a text', 'hello', 'the notification should be an object, but is a string'],
    ['a list', [], 'the notification should be an object, but is a list'],
    ['null', null, 'the notification should be an object, but is null'],
    ['nothing', undefined, 'the notification should be an object, but is missing'],
    ['no body', { event: '/x/telephony/sessions' }, 'body should be an object, but is missing'],
    ['a body that is a list', { body: [] }, 'body should be an object, but is a list'],
    [
      'another kind of event',
      buildEnvelope({ event: '/restapi/v1.0/account/1/extension/2/presence' }),
      'event should be a path that ends in /telephony/sessions, but is a string',
    ],
    [
      'another kind of event that mentions this one',
      buildEnvelope({ event: '/restapi/v1.0/account/1/presence?like=/telephony/sessions' }),
      'event should be a path that ends in /telephony/sessions, but is a string',
    ],
    [
      'no session id',
      buildEnvelope({ body: { telephonySessionId: undefined } }),
      'body.telephonySessionId should be an id, but is missing',
    ],
    [
      'an empty session id',
      buildEnvelope({ telephonySessionId: '' }),
      'body.telephonySessionId should be an id, but is empty',
    ],
    [
      'no sequence',
      buildEnvelope({ body: { sequence: undefined } }),
      'body.sequence should be a whole number, but is missing',
    ],
    ['a fraction', buildEnvelope({ sequence: 2.5 }), 'body.sequence should be a whole number, but is a number'],
    ['a negative sequence', buildEnvelope({ sequence: -1 }), 'body.sequence should be a whole number, but is a number'],
    [
      'a sequence too large to be exact',
      buildEnvelope({ sequence: 2 ** 53 }),
      'body.sequence should be a whole number, but is a number',
    ],
    [
      'a sequence that is an infinite number in JSON',
      buildEnvelope({ sequence: JSON.parse('1e999') }),
      'body.sequence should be a whole number, but is a number',
    ],
    [
      'a sequence in words',
      buildEnvelope({ sequence: 'two' }),
      'body.sequence should be a whole number, but is a string',
    ],
    [
      'no time',
      buildEnvelope({ body: { eventTime: null } }),
      'body.eventTime should be an ISO-8601 time with a zone, but is null',
    ],
    [
      'a time without a zone',
      buildEnvelope({ eventTime: '2026-06-01T12:00:00.000' }),
      'body.eventTime should be an ISO-8601 time with a zone, but is a string',
    ],
    [
      'a time as a number',
      buildEnvelope({ eventTime: START_MS }),
      'body.eventTime should be an ISO-8601 time with a zone, but is a number',
    ],
    ['no parties', buildEnvelope({ body: { parties: null } }), 'body.parties should be a list, but is null'],
    ['parties that are no list', buildEnvelope({ parties: {} }), 'body.parties should be a list, but is an object'],
    [
      'a party that is no object',
      buildEnvelope({ parties: ['p-1'] }),
      'body.parties[0] should be an object, but is a string',
    ],
    [
      'a party without an id',
      buildEnvelope({ parties: [buildParty({ id: undefined })] }),
      'body.parties[0].id should be an id, but is missing',
    ],
    [
      'a party without a status',
      buildEnvelope({ parties: [buildParty({ status: undefined })] }),
      'body.parties[0].status.code should be a word, but is missing',
    ],
    [
      'a party without a status code',
      buildEnvelope({ parties: [buildParty({ status: { reason: 'Rejected' } })] }),
      'body.parties[0].status.code should be a word, but is missing',
    ],
    [
      'a party whose status code is no word',
      buildEnvelope({ parties: [buildParty({ status: { code: 7 } })] }),
      'body.parties[0].status.code should be a word, but is a number',
    ],
  ]
  it.each(cases)('%s', (_, raw, sentence) => {
    expect(refusalOf(raw)).toBe(sentence)
  })

  const secret = '+14085550123 Ada Winter'
  const required: readonly (readonly [path: string, raw: unknown])[] = [
    ['the notification', secret],
    ['event', buildEnvelope({ event: secret })],
    ['body', { body: secret }],
    ['body.telephonySessionId', buildEnvelope({ telephonySessionId: { [secret]: secret } })],
    ['body.sequence', buildEnvelope({ sequence: secret })],
    ['body.eventTime', buildEnvelope({ eventTime: secret })],
    ['body.parties', buildEnvelope({ parties: secret })],
    ['body.parties[0]', buildEnvelope({ parties: [secret] })],
    ['body.parties[0].id', buildEnvelope({ parties: [buildParty({ id: [secret] })] })],
    ['body.parties[0].status.code', buildEnvelope({ parties: [buildParty({ status: { code: [secret] } })] })],
  ]
  it.each(required)('never with the content, at %s', (path, raw) => {
    const refusal = refusalOf(raw)
    expect(refusal?.startsWith(`${path} should be `)).toBe(true)
    expect(refusal).not.toMatch(/Ada|4085550123/)
  })
})

it.each<[what: string, broken: unknown]>([
  ['without an id', buildParty({ id: undefined })],
  ['without a status', buildParty({ status: undefined })],
  ['that is no object', 'p-1'],
])('N1 a party %s is left out, and the others are read', (_what, broken) => {
  const decoded = decodeNotification(buildEnvelope({ parties: [broken, buildParty({ id: 'p-2' }), broken] }))
  expect(decoded).toMatchObject({ kind: 'telephony', notification: { parties: [{ id: 'p-2' }] } })
})

it('N1 nothing else is needed', () => {
  const body = {
    telephonySessionId: 's-1',
    sequence: 0,
    eventTime: at(5),
    parties: [{ id: 'p-1', status: { code: 'Hold' } }],
  }
  expect(decode({ body })).toMatchObject({
    uuid: undefined,
    subscriptionId: undefined,
    ownerId: undefined,
    sessionId: undefined,
    serverId: undefined,
    origin: undefined,
    telephonySessionId: 's-1',
    sequence: 0,
    eventTimeMs: START_MS + 5,
    timestampMs: START_MS + 5,
    parties: [{ id: 'p-1', status: { code: 'Hold' } }],
  })
})

it('N2 every field of the envelope and the body is read', () => {
  const { parties, ...rest } = decode({
    uuid: '1823485288313944239',
    event: '/restapi/v1.0/account/100001/extension/200001/telephony/sessions',
    timestamp: '2020-06-14T19:27:18.390Z',
    subscriptionId: '53300e7c-5e69-42bf-ab4d-179aabc6e869',
    ownerId: '200001',
    body: {
      sequence: 3,
      sessionId: '425008160016',
      telephonySessionId: 's-a6abd24ca6774373a8120a3390d3cbe8',
      serverId: '10.13.22.28.TAM',
      eventTime: '2020-06-14T19:27:18.340Z',
      parties: [buildParty()],
      origin: { type: 'RingOut' },
    },
  })
  expect(rest).toEqual({
    uuid: '1823485288313944239',
    timestampMs: Date.UTC(2020, 5, 14, 19, 27, 18, 390),
    subscriptionId: '53300e7c-5e69-42bf-ab4d-179aabc6e869',
    ownerId: '200001',
    sequence: 3,
    sessionId: '425008160016',
    telephonySessionId: 's-a6abd24ca6774373a8120a3390d3cbe8',
    serverId: '10.13.22.28.TAM',
    eventTimeMs: Date.UTC(2020, 5, 14, 19, 27, 18, 340),
    origin: 'RingOut',
  })
  expect(parties).toHaveLength(1)
})

describe('N2 a field that has not its usual type is as if it were absent:', () => {
  const odd = [null, '', [], {}, true]
  it.each(['uuid', 'timestamp', 'subscriptionId', 'ownerId'])('%s', (field) => {
    const absent = decode({ ...buildEnvelope(), [field]: undefined })
    for (const value of odd) expect(decode({ ...buildEnvelope(), [field]: value })).toEqual(absent)
  })

  it.each(['sessionId', 'serverId', 'origin'])('body.%s', (field) => {
    const absent = decode(buildEnvelope({ body: { [field]: undefined } }))
    for (const value of odd) expect(decode(buildEnvelope({ body: { [field]: value } }))).toEqual(absent)
  })

  it('the type of the origin', () => {
    for (const type of odd) expect(decode(buildEnvelope({ body: { origin: { type } } })).origin).toBeUndefined()
  })

  it('an event path that is no text, for the body tells what it is', () => {
    expect(decode({ ...buildEnvelope(), event: 5 })).toEqual(decode(buildEnvelope()))
  })
})

it('N2 fields that nobody knows change nothing', () => {
  expect(decode({ ...buildEnvelope({ body: { accountId: '7', mood: [1] } }), extra: { a: 1 } })).toEqual(
    decode(buildEnvelope()),
  )
})

it('N2 a notification without a time of its own has that of the event', () => {
  expect(decode({ ...buildEnvelope({ eventTime: at(5) }), timestamp: 'noon' }).timestampMs).toBe(START_MS + 5)
})

it('N3 ids are strings, also where a number came', () => {
  const party = buildParty({ id: 12 })
  const envelope = buildEnvelope({ uuid: 5, telephonySessionId: 7, parties: [party], body: { sessionId: 6 } })
  expect(decode({ ...envelope, subscriptionId: 8, ownerId: 9 })).toMatchObject({
    uuid: '5',
    telephonySessionId: '7',
    sessionId: '6',
    subscriptionId: '8',
    ownerId: '9',
    parties: [{ id: '12' }],
  })
})

it('a sequence may come as a text of digits', () => {
  expect(decode(buildEnvelope({ sequence: '17' })).sequence).toBe(17)
})

describe('N5 an envelope one level down is the same event:', () => {
  const envelope = buildEnvelope()
  it.each([
    ['beside the fields of a push service', { pn_apns: { alert: 'Call' }, message: envelope }],
    ['before them', { message: envelope, pn_apns: { body: 'Call' }, channel: 'x', sent: 5 }],
    ['beside a list and an unusable body', { entries: [1], body: 'text', data: envelope }],
  ])('%s', (_, raw) => {
    expect(decodeNotification(raw)).toEqual(decodeNotification(envelope))
  })

  it('but not two levels down', () => {
    expect(refusalOf({ outer: { inner: envelope } })).toBe('body should be an object, but is missing')
  })

  it('and its faults are named as usual', () => {
    expect(refusalOf({ pn_apns: {}, message: buildEnvelope({ sequence: -1 }) })).toBe(
      'body.sequence should be a whole number, but is a number',
    )
  })
})

describe('the path of an event', () => {
  it.each([
    '/restapi/v1.0/account/100/telephony/sessions',
    '/restapi/v1.0/account/100/extension/200/telephony/sessions',
    '/restapi/v1.0/account/~/extension/~/telephony/sessions?withRecordings=true&sipData=true',
  ])('may be %s', (event) => {
    expect(decodeNotification(buildEnvelope({ event })).kind).toBe('telephony')
  })

  it("tells the subscription's reminder", () => {
    const event = '/restapi/v1.0/subscription/~?threshold=60&interval=30'
    expect(decodeNotification({ event, body: {} })).toEqual({ kind: 'reminder' })
    expect(decodeNotification({ event })).toEqual({ kind: 'reminder' })
  })
})

it('H6 an event may have any number of parties, also none', () => {
  expect(decode(buildEnvelope({ parties: [] })).parties).toEqual([])
  const parties = Array.from({ length: 40 }, (_, index) => buildParty({ id: `p-${index}` }))
  expect(decode(buildEnvelope({ parties })).parties.map(({ id }) => id)).toEqual(parties.map(({ id }) => id))
})

describe('nothing that can be parsed is too odd:', () => {
  it('a key named __proto__ is a key like any other', () => {
    const text = JSON.stringify(buildEnvelope()).replace('"muted":false', '"__proto__":{"muted":true,"queueCall":true}')
    const { parties } = decode(JSON.parse(text))
    expect(parties[0]).toMatchObject({ muted: false, queueCall: false })
    expect(decodeNotification(JSON.parse('{"__proto__":{"body":{}}}')).kind).toBe('unusable')
  })

  it('a lone surrogate in an id is kept', () => {
    const raw = JSON.parse(JSON.stringify(buildEnvelope({ telephonySessionId: '\ud800' })))
    expect(decode(raw).telephonySessionId).toBe('\ud800')
  })

  it('an id that is a number beyond all numbers is none', () => {
    const raw = buildEnvelope({ parties: [buildParty({ extensionId: JSON.parse('1e999') })] })
    expect(decode(raw).parties[0]?.extensionId).toBeUndefined()
  })

  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)

  it('100,000 lists in each other', () => {
    expect(decodeNotification(deep).kind).toBe('unusable')
    expect(decodeNotification({ body: deep }).kind).toBe('unusable')
    expect(decode(buildEnvelope({ body: { hologram: deep } }))).toEqual(decode(buildEnvelope()))
  })

  it('the same in data that is kept as it came, also when the event is repeated', () => {
    const status = { code: 'Proceeding', mobilePickupData: { deep } }
    const notification = decode(buildEnvelope({ parties: [buildParty({ status })] }))
    const tracker = new Tracker('s-1')
    tracker.take(notification)
    expect(() => tracker.take(notification)).not.toThrow()
  })
})

describe('decoding never throws', () => {
  const anyValue = fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, withSparseArray: true })

  it('on anything', () => {
    fc.assert(
      fc.property(fc.oneof(anyValue, fc.jsonValue({ maxDepth: 6 })), (raw) => {
        expect(['telephony', 'reminder', 'unusable']).toContain(decodeNotification(raw).kind)
      }),
      { numRuns: 300 },
    )
  })

  it('on an event with anything at any place, and what is an event can be followed', () => {
    const party = buildParty({
      owner: { accountId: '1', extensionId: '2' },
      uiCallInfo: { primary: { type: 'QueueName', value: 'Sales' }, additional: { type: 'CallerIdName', value: 'A' } },
      recordings: [{ id: '1', active: true }],
      sipData: { toTag: 'a', fromTag: 'b', callId: 'c' },
      status: { code: 'Gone', reason: 'Pickup', peerId: { partyId: 'p-9' }, mobilePickupData: { sid: '1' } },
      park: { id: '*801' },
    })
    const envelope = buildEnvelope({ parties: [party] })
    const paths = listPaths(envelope)
    fc.assert(
      fc.property(fc.constantFrom(...paths), anyValue, (path, value) => {
        const decoded = decodeNotification(replaceAt(envelope, path, value))
        expect(['telephony', 'reminder', 'unusable']).toContain(decoded.kind)
        if (decoded.kind !== 'telephony') return
        const tracker = new Tracker(decoded.notification.telephonySessionId)
        expect(tracker.take(decoded.notification)).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })
})

type Path = readonly string[]

/** The way to every value in something. */
function listPaths(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const below = Object.entries(value).flatMap(([key, item]) => listPaths(item, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}

function replaceAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === key ? replaceAt(item, rest, replacement) : item))
  }
  const record: Readonly<Record<string, unknown>> = { ...(value as object) }
  return { ...record, [key]: replaceAt(record[key], rest, replacement) }
}
