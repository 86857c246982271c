import { describe, expect, it } from 'vitest'
import { linkCalls } from '../../../shared/call/journey.ts'
import { type CallRecord, composeRecords } from '../../../shared/crm/call-record.ts'
import { measureJourney } from '../../../shared/metrics/journey.ts'
import { reportSession, trackStream } from '../../replay/report.ts'
import { step } from '../../support/notification.ts'
import { loadExpected, loadNotifications, loadStream, STREAM_NAMES, type StreamName } from '../../support/streams.ts'
import { attendedTransferToBea, mergedIntoCall, twoCustomersConnected } from '../../support/tied-scenarios.ts'
import { decodeTiedSessions } from '../../support/tied-sessions.ts'
import { followTold } from '../../support/told.ts'
import { trackAll } from '../../support/track-all.ts'

function recordsOf(name: StreamName): readonly CallRecord[] {
  const { sessions } = trackStream(loadStream(name))
  return linkCalls(sessions.map(({ call }) => call)).flatMap((journey) => composeRecords(journey))
}

describe.each(STREAM_NAMES)('[K3] %s', (name) => {
  const records = recordsOf(name)

  it('has the figures that were worked out without our code', () => {
    const { report, journeys } = loadExpected(name)
    expect(journeys.length).toBeGreaterThan(0)
    for (const { key, telephonySessionIds, talkMs, holdMs, waitMs } of records) {
      const session = report.sessions.find((one) => one.telephonySessionId === key)
      const journey = journeys.find(({ sessions }) => sessions.includes(key))
      expect(journey?.sessions).toEqual(telephonySessionIds)
      if (telephonySessionIds.length > 1 || session?.twoWayTalkMs === null) continue
      expect({ talkMs, holdMs, waitMs }).toEqual({
        talkMs: session?.twoWayTalkMs,
        holdMs: session?.holdMs,
        waitMs: session?.callerWaitMs,
      })
    }
  })

  it('has those of replay, to the millisecond', () => {
    const { sessions } = trackStream(loadStream(name))
    const journeys = linkCalls(sessions.map(({ call }) => call))
    expect(sessions.length).toBeGreaterThan(0)
    for (const record of records) {
      const tracked = sessions.find(({ call }) => call.telephonySessionId === record.key)
      if (tracked === undefined) throw new Error('there should be a session for each record')
      const journey = journeys.find(({ calls }) => calls.includes(tracked.call))
      const { had } = journey === undefined ? { had: [] } : measureJourney(journey)
      const isOnly = journey !== undefined && composeRecords(journey).length === 1
      if (isOnly)
        expect(record.talkers.map(({ talkMs }) => talkMs)).toEqual(
          had.map(({ talk }) => talk.ms).filter((ms) => ms > 0),
        )
      const { durationMs } = reportSession(tracked, true)
      expect(record.durationMs).toBeLessThanOrEqual(record.endedMs - record.startedMs)
      if (record.telephonySessionIds.length === 1)
        expect(record.endedMs - record.startedMs).toBeLessThanOrEqual(durationMs ?? 0)
    }
  })
})

/** Read off the events themselves: the first answer by a person, and the customer's end. */
it.each<StreamName>(['pstn-to-user', 'direct-call', 'rejected'])(
  '%s lasts from the first answer to the customer’s end',
  (name) => {
    const parties = loadNotifications(name).flatMap(({ body }) =>
      (body.parties ?? []).map((party) => ({ ...party, atMs: Date.parse(body.eventTime ?? '') })),
    )
    const answeredMs = parties.find(
      ({ direction, status }) => direction === 'Inbound' && status?.code === 'Answered',
    )?.atMs
    const leftMs = parties.find(
      ({ direction, status }) => direction === 'Outbound' && status?.code === 'Disconnected',
    )?.atMs
    const [record] = recordsOf(name)
    expect(record).toMatchObject({ durationMs: answeredMs === undefined ? 0 : (leftMs ?? 0) - answeredMs })
  },
)

describe('which calls have a record', () => {
  it('those with somebody from outside', () => {
    const without = STREAM_NAMES.filter((name) => recordsOf(name).length === 0)
    expect(without).toEqual(['user-to-user', 'internal-call', 'voicemail-of-a-colleague'])
  })

  it('one each, also where a call was transferred or parked', () => {
    for (const name of ['blind-transfer', 'attended-transfer', 'park-and-pick-up', 'monitoring'] as const)
      expect(recordsOf(name), name).toHaveLength(1)
  })
})

it('J9 each customer has a record where one call is merged into the other', () => {
  const calls = followTold(decodeTiedSessions(mergedIntoCall())).map(({ call }) => call)
  expect(linkCalls(calls).flatMap((journey) => composeRecords(journey))).toMatchObject([
    { key: 't', customerName: 'Ada Winter' },
    { key: 's', customerName: 'Grace Okonkwo' },
  ])
})

it('J9 a customer who was called first has a record beside one who called meanwhile and was connected', () => {
  const calls = followTold(decodeTiedSessions(twoCustomersConnected())).map(({ call }) => call)
  expect(linkCalls(calls).flatMap((journey) => composeRecords(journey))).toMatchObject([
    { key: 't', customerName: 'Grace Okonkwo', direction: 'Outbound' },
    { key: 's', customerName: 'Ada Winter', direction: 'Inbound' },
  ])
})

describe('J9 a customer who was put through has one record, whoever is named by those who connected', () => {
  const NAMED = [undefined, 'ada', 'sam', 'bea'] as const
  const named = NAMED.flatMap((customer) => NAMED.map((consultation) => ({ customer, consultation })))
  it.each(named)('from the call $customer, from the consultation $consultation', ({ customer, consultation }) => {
    const names = { ...(customer && { customer }), ...(consultation && { consultation }) }
    const calls = followTold(decodeTiedSessions(attendedTransferToBea({ names }))).map(({ call }) => call)
    expect(linkCalls(calls).flatMap((journey) => composeRecords(journey))).toMatchObject([
      { key: 't', customerName: 'Ada Winter', talkers: [{ name: 'Sam Okafor' }, { name: 'Bea Lindqvist' }] },
    ])
  })
})

describe('a record', () => {
  it('tells who had the customer when the call was transferred, and belongs to who talked longest', () => {
    const [record] = recordsOf('attended-transfer')
    expect(record).toMatchObject({ wasTransferred: true, outcome: 'answered', direction: 'Inbound' })
    const longest = record?.talkers.toSorted((a, b) => b.talkMs - a.talkMs)[0]
    expect(record?.ownerExtensionId).toBe(longest?.extensionId)
    expect(record?.talkMs).toBe(record?.talkers.reduce((sum, { talkMs }) => sum + talkMs, 0))
  })

  it('of a number that could not be reached is of that number', () => {
    const [record] = recordsOf('failed')
    expect(record).toMatchObject({ direction: 'Outbound', outcome: 'failed', talkers: [], ownerExtensionId: '400102' })
    expect(record?.customerNumber).toMatch(/^\+/)
  })

  it.each<[StreamName, CallRecord['outcome']]>([
    ['direct-call', 'answered'],
    ['no-answer', 'missed'],
    ['caller-gave-up', 'callerGaveUp'],
    ['queue-abandoned', 'callerGaveUp'],
    ['rejected', 'rejected'],
    ['replied', 'replied'],
    ['voicemail', 'voicemail'],
    ['fax', 'fax'],
    ['busy', 'busy'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
    ['ring-out-not-picked-up', 'notPlaced'],
  ])('%s came out as %s', (name, outcome) => {
    expect(recordsOf(name)).toMatchObject([{ outcome, durationMs: outcome === 'answered' ? expect.any(Number) : 0 }])
  })

  it.each([
    ['VoiceMail', 'voicemail'],
    ['FaxReceive', 'fax'],
  ])('of a caller whom the queue itself took in by %s came out as %s', (code, outcome) => {
    const queue = { id: 'p-2', extensionId: '900', to: { extensionId: '900', name: 'Sales' } }
    const agent = { id: 'p-3', extensionId: '200', to: { extensionId: '900', name: 'Sales' }, queueCall: true }
    const customer = { id: 'p-1', direction: 'Outbound', extensionId: undefined }
    const { call } = trackAll('s-1', [
      step(2, 0, 'Setup', customer),
      step(3, 10, 'Setup', queue),
      step(4, 20, 'Answered', customer),
      step(5, 1_000, 'Proceeding', agent),
      step(6, 9_000, 'Disconnected', agent),
      step(7, 9_100, code, queue),
      step(8, 30_000, 'Disconnected', customer),
      step(9, 30_010, 'Disconnected', queue),
    ])
    expect(linkCalls([call]).flatMap((journey) => composeRecords(journey))).toMatchObject([
      { outcome, durationMs: 0, talkers: [] },
    ])
  })

  it.each([
    ['callerGaveUp', []],
    ['callerGaveUp', ['Answered']],
    ['voicemail', ['VoiceMail']],
    ['voicemail', ['Answered', 'VoiceMail']],
  ])(
    'of a caller who came to a queue where no phone rang came out as %s after %j, and is nobody’s',
    (outcome, codes) => {
      const queue = { id: 'p-2', extensionId: '900', to: { extensionId: '900', name: 'Sales' } }
      const customer = { id: 'p-1', direction: 'Outbound', extensionId: undefined }
      const { call } = trackAll('s-1', [
        step(2, 0, 'Setup', customer),
        step(3, 10, 'Setup', queue),
        step(4, 20, 'Answered', customer),
        ...codes.map((code, index) => step(5 + index, 100 + index * 10_000, code, queue)),
        step(8, 30_000, 'Disconnected', customer),
        step(9, 30_010, 'Disconnected', queue),
      ])
      const queueNameOf = (id: string) => (id === '900' ? 'Sales' : undefined)
      const none = {
        ownerExtensionId: undefined,
        answeredMs: undefined,
        durationMs: 0,
        ringMs: 0,
        talkMs: 0,
        talkers: [],
      }
      expect(linkCalls([call]).flatMap((journey) => composeRecords(journey, queueNameOf))).toMatchObject([
        { outcome, queueName: 'Sales', waitMs: 30_000, ...none },
      ])
    },
  )

  it('of somebody who withholds their number has none', () => {
    expect(recordsOf('anonymous')).toMatchObject([{ customerNumber: undefined }])
  })
})
