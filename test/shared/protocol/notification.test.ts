import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeNotification, decodeStatusCode, describeFault } from '../../../shared/protocol/notification.ts'
import { at, buildEnvelope, buildParty, decode } from '../../support/notification.ts'

describe('what must be there', () => {
  const cases: readonly (readonly [name: string, envelope: unknown, sentence: string])[] = [
    ['a text', 'hello', 'the notification should be an object, but is a string'],
    ['a list', [], 'the notification should be an object, but is a list'],
    ['nothing', null, 'the notification should be an object, but is null'],
    ['no body', { event: '/x/telephony/sessions' }, 'body should be an object, but is missing'],
    [
      'another kind of event',
      buildEnvelope({ event: '/restapi/v1.0/account/1/extension/2/presence' }),
      'event should be a path that ends in /telephony/sessions, but is a string',
    ],
    [
      'an empty session id',
      buildEnvelope({ telephonySessionId: '' }),
      'body.telephonySessionId should be an id, but is empty',
    ],
    ['a fraction', buildEnvelope({ sequence: 2.5 }), 'body.sequence should be a whole number, but is a number'],
    ['a negative sequence', buildEnvelope({ sequence: -1 }), 'body.sequence should be a whole number, but is a number'],
    [
      'a time without a zone',
      buildEnvelope({ eventTime: '2026-06-01T12:00:00.000' }),
      'body.eventTime should be an ISO-8601 time with a zone, but is a string',
    ],
    ['parties that are no list', buildEnvelope({ parties: {} }), 'body.parties should be a list, but is an object'],
    [
      'a party without an id',
      buildEnvelope({ parties: [buildParty(), buildParty({ id: undefined })] }),
      'body.parties[1].id should be an id, but is missing',
    ],
    [
      'a party without a status',
      buildEnvelope({ parties: [buildParty({ status: undefined })] }),
      'body.parties[0].status.code should be a word, but is missing',
    ],
  ]

  it.each(cases)('refuses %s and says what is wrong', (_, envelope, sentence) => {
    const decoded = decodeNotification(envelope)
    expect(decoded.kind).toBe('unusable')
    expect(decoded.kind === 'unusable' && describeFault(decoded.fault)).toBe(sentence)
  })
})

describe('what may be otherwise', () => {
  it('keeps a state that it does not know, as it was spelled', () => {
    const { parties } = decode(buildEnvelope({ parties: [buildParty({ status: { code: 'Levitating' } })] }))
    expect(parties[0]?.status).toMatchObject({ code: 'Unrecognised', rawCode: 'Levitating' })
  })

  it('reads numbers where ids are usually strings', () => {
    const party = buildParty({ id: 12, extensionId: 200 })
    const notification = decode(buildEnvelope({ telephonySessionId: 7, sequence: '3', parties: [party] }))
    expect(notification).toMatchObject({
      telephonySessionId: '7',
      sequence: 3,
      parties: [{ id: '12', extensionId: '200' }],
    })
  })

  it('takes a party with nothing but an id and a state', () => {
    const { parties } = decode(buildEnvelope({ parties: [{ id: 'p-9', status: { code: 'Setup' } }] }))
    expect(parties[0]).toMatchObject({ id: 'p-9', extensionId: undefined, from: { phoneNumber: undefined } })
  })

  it('takes any number of parties, also none', () => {
    expect(decode(buildEnvelope({ parties: [] })).parties).toEqual([])
    expect(decode(buildEnvelope({ parties: [buildParty(), buildParty({ id: 'p-2' })] })).parties).toHaveLength(2)
  })

  it('falls back to the time of the event when the notification has none', () => {
    expect(decode({ ...buildEnvelope({ eventTime: at(5) }), timestamp: undefined }).timestampMs).toBe(Date.parse(at(5)))
  })

  it('ignores fields of the wrong type and fields that it does not know', () => {
    const party = buildParty({ from: { phoneNumber: { hidden: true }, name: 'Ada' }, park: 'here', hologram: {} })
    expect(decode(buildEnvelope({ parties: [party] })).parties[0]?.from).toEqual({
      phoneNumber: undefined,
      name: 'Ada',
      extensionId: undefined,
      deviceId: undefined,
    })
  })

  it.each([
    ['answered', 'Answered'],
    ['VMScreening', 'VoiceMailScreening'],
    ['Voicemail', 'VoiceMail'],
    ['GONE', 'Gone'],
    ['constructor', 'Unrecognised'],
  ])('reads the status %s as %s', (raw, code) => {
    expect(decodeStatusCode(raw)).toBe(code)
  })

  it("recognises the subscription's reminder", () => {
    expect(decodeNotification({ event: '/restapi/v1.0/subscription/~?threshold=60&interval=30', body: {} }).kind).toBe(
      'reminder',
    )
  })
})

it('never throws, whatever comes', () => {
  const envelope = fc.record(
    {
      uuid: fc.anything(),
      event: fc.oneof(fc.constant('/a/telephony/sessions'), fc.anything()),
      timestamp: fc.anything(),
      body: fc.oneof(
        fc.anything(),
        fc.record({
          telephonySessionId: fc.oneof(fc.string(), fc.anything()),
          sequence: fc.oneof(fc.nat(), fc.anything()),
          eventTime: fc.oneof(fc.constant(at(0)), fc.anything()),
          parties: fc.array(fc.oneof(fc.anything(), fc.record({ id: fc.string(), status: fc.anything() }))),
        }),
      ),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), envelope), (raw) => {
      expect(['telephony', 'reminder', 'unusable']).toContain(decodeNotification(raw).kind)
    }),
    { numRuns: 500 },
  )
})
