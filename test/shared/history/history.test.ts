import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type HistoryDraft,
  insertNotification,
  insertStatus,
  missingSequences,
} from '../../../shared/history/history.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import type { SessionStatus } from '../../../shared/protocol/status.ts'
import { at, buildEnvelope, buildParty, decode, START_MS, step } from '../../support/notification.ts'

const createHistory = (telephonySessionId: string): HistoryDraft => ({ telephonySessionId, entries: [], statuses: [] })

function historyOf(...notifications: readonly TelephonyNotification[]): HistoryDraft {
  const history = createHistory('s-1')
  for (const notification of notifications) insertNotification(history, notification)
  return history
}

/** `sequence party code` of each entry. */
function describeEntries({ entries }: HistoryDraft): readonly string[] {
  return entries.map(({ sequence, partyId, party }) => `${sequence} ${partyId} ${party?.status.code}`)
}

describe('H1 two events are the same', () => {
  it('when session, sequence and party are, under whatever uuid and subscription', () => {
    const again = { ...buildEnvelope({ uuid: 'another' }), subscriptionId: 'another' }
    const history = historyOf(decode(buildEnvelope()), decode(again))
    expect(describeEntries(history)).toEqual(['2 p-1 Setup'])
  })

  it('and not when only the sequence is: one event may tell of several parties, and arrive party by party', () => {
    const history = historyOf(step(5, 0, 'Setup', { id: 'p-1' }), step(5, 0, 'Hold', { id: 'p-2' }))
    expect(describeEntries(history)).toEqual(['5 p-1 Setup', '5 p-2 Hold'])
  })

  it('and not when only the uuid is', () => {
    const history = historyOf(step(2, 0, 'Setup', {}, { uuid: 'one' }), step(3, 0, 'Proceeding', {}, { uuid: 'one' }))
    expect(describeEntries(history)).toEqual(['2 p-1 Setup', '3 p-1 Proceeding'])
  })

  it('and one that is repeated is no news', () => {
    const history = historyOf(step(2, 0, 'Setup'), step(3, 10, 'Proceeding'))
    expect(insertNotification(history, step(2, 0, 'Setup'))).toBeUndefined()
    expect(insertNotification(history, step(3, 10, 'Proceeding'))).toBeUndefined()
    expect(history.entries).toHaveLength(2)
  })
})

describe('H2 events are ordered', () => {
  it('by sequence, whatever came first and whatever the times say', () => {
    const history = historyOf(step(7, 10, 'Hold'), step(2, 30, 'Setup'), step(10, 5, 'Gone'), step(4, 20, 'Answered'))
    expect(describeEntries(history)).toEqual(['2 p-1 Setup', '4 p-1 Answered', '7 p-1 Hold', '10 p-1 Gone'])
  })

  it('by party id where parties share a sequence', () => {
    const parties = ['p-3', 'p-1', 'p-2']
    const history = historyOf(...parties.map((id) => step(5, 0, 'Setup', { id })))
    expect(history.entries.map(({ partyId }) => partyId)).toEqual(['p-1', 'p-2', 'p-3'])
  })

  it('the same whatever the order of arrival', () => {
    const anyKey = fc.record({ sequence: fc.nat({ max: 9 }), id: fc.constantFrom('p-1', 'p-2', 'p-10') })
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 30 }), (keys) => {
        const { entries } = historyOf(...keys.map(({ sequence, id }) => step(sequence, 0, 'Setup', { id })))
        for (const [index, entry] of entries.entries()) {
          const before = entries[index - 1]
          if (before === undefined) continue
          expect(before.sequence).toBeLessThanOrEqual(entry.sequence)
          if (before.sequence === entry.sequence) expect(before.partyId < entry.partyId).toBe(true)
        }
        expect(entries).toHaveLength(new Set(keys.map(({ sequence, id }) => `${sequence} ${id}`)).size)
      }),
    )
  })
})

describe('H3 of two contents for one event counts', () => {
  const versions = [
    ['that of the later timestamp', { timestamp: at(100), uuid: 'b' }, { timestamp: at(200), uuid: 'a' }],
    ['that of the greater uuid at equal timestamps, compared as a string', { uuid: '10' }, { uuid: '9' }],
    ['that with a uuid', { body: {} }, { uuid: '0' }],
  ] as const
  it.each(versions)('%s, whichever comes first', (_, lesser, greater) => {
    const older = contentOf('Setup', lesser)
    const newer = contentOf('Proceeding', greater)
    expect(describeEntries(historyOf(older, newer))).toEqual(['2 p-1 Proceeding'])
    expect(describeEntries(historyOf(newer, older))).toEqual(['2 p-1 Proceeding'])
  })

  it('always the same one, even when timestamp and uuid are equal', () => {
    const setup = contentOf('Setup', { uuid: 'u' })
    const hold = contentOf('Hold', { uuid: 'u' })
    expect(historyOf(setup, hold)).toEqual(historyOf(hold, setup))
  })

  it('also one that differs in its time only', () => {
    const early = contentOf('Setup', { uuid: 'u', eventTime: at(0), timestamp: at(9) })
    const late = contentOf('Setup', { uuid: 'u', eventTime: at(5), timestamp: at(9) })
    expect(historyOf(early, late)).toEqual(historyOf(late, early))
  })

  function contentOf(code: string, fields: Parameters<typeof buildEnvelope>[0] & object): TelephonyNotification {
    const uuid = fields.uuid === undefined ? { uuid: undefined } : {}
    return decode({ ...buildEnvelope({ ...fields, parties: [buildParty({ status: { code } })] }), ...uuid })
  }
})

describe('H4 an event is put where it belongs, and said from where on the history is another:', () => {
  it('at the end, when it came in order', () => {
    expect(insertNotification(historyOf(step(2, 0, 'Setup')), step(5, 30, 'Hold'))).toBe(1)
  })

  it('between the others, when it came late', () => {
    const history = historyOf(step(2, 0, 'Setup'), step(4, 20, 'Answered'))
    expect(insertNotification(history, step(3, 10, 'Proceeding'))).toBe(1)
    expect(describeEntries(history)).toEqual(['2 p-1 Setup', '3 p-1 Proceeding', '4 p-1 Answered'])
  })

  it('in place of one that is less to be believed', () => {
    const history = historyOf(step(2, 0, 'Setup'), step(3, 10, 'Proceeding'))
    expect(insertNotification(history, step(2, 0, 'Hold', {}, { timestamp: at(9) }))).toBe(0)
    expect(history.entries).toHaveLength(2)
  })

  it('from the first of its parties that is new', () => {
    const history = historyOf(step(2, 0, 'Setup', { id: 'p-1' }), step(3, 0, 'Setup', { id: 'p-1' }))
    const both = decode(buildEnvelope({ sequence: 3, parties: [buildParty({ id: 'p-2' }), buildParty({ id: 'p-0' })] }))
    expect(insertNotification(history, both)).toBe(1)
    expect(history.entries.map(({ partyId }) => partyId)).toEqual(['p-1', 'p-0', 'p-1', 'p-2'])
  })
})

describe('H5 a number is absent', () => {
  it('between the first and the last one seen', () => {
    expect(missingSequences(historyOf(step(3, 0, 'Setup'), step(5, 0, 'Hold'), step(8, 0, 'Gone')))).toEqual([4, 6, 7])
  })

  it('not before the first: the recorded calls begin at 2, and a party may come in later', () => {
    expect(missingSequences(historyOf(step(6, 0, 'Setup'), step(7, 0, 'Hold')))).toEqual([])
  })

  it('not where parties share one, and not where an event had no party', () => {
    const events = [step(2, 0, 'Setup', { id: 'p-1' }), step(2, 0, 'Setup', { id: 'p-2' }), step(4, 0, 'Hold')]
    const none = decode(buildEnvelope({ sequence: 3, parties: [] }))
    expect(missingSequences(historyOf(...events, none))).toEqual([])
  })

  it('no longer once its event has come', () => {
    const history = historyOf(step(2, 0, 'Setup'), step(4, 0, 'Hold'))
    expect(missingSequences(history)).toEqual([3])
    insertNotification(history, step(3, 0, 'Answered'))
    expect(missingSequences(history)).toEqual([])
  })

  it('nowhere in an empty history', () => {
    expect(missingSequences(createHistory('s-1'))).toEqual([])
  })

  it('at most a thousand times, however absurd the numbers are', () => {
    expect(missingSequences(historyOf(step(2, 0, 'Setup'), step(2 ** 50, 0, 'Hold')))).toHaveLength(1000)
  })
})

describe('H6 an event', () => {
  it('with several parties tells of each of them', () => {
    const parties = [buildParty({ id: 'p-2' }), buildParty({ id: 'p-1', status: { code: 'Hold' } })]
    expect(describeEntries(historyOf(decode(buildEnvelope({ parties }))))).toEqual(['2 p-1 Hold', '2 p-2 Setup'])
  })

  it('without a party is kept as one', () => {
    const history = historyOf(decode(buildEnvelope({ parties: [] })))
    expect(describeEntries(history)).toEqual(['2  undefined'])
    expect(insertNotification(history, decode(buildEnvelope({ parties: [] })))).toBeUndefined()
  })
})

describe('answers to status requests', () => {
  const answerAt = (ms: number, found = true): SessionStatus => ({
    telephonySessionId: 's-1',
    asOfMs: START_MS + ms,
    found,
    createdMs: undefined,
    origin: undefined,
    parties: [],
  })

  it('are ordered by their moment, whichever came first', () => {
    const history = createHistory('s-1')
    for (const ms of [20, 10, 30]) expect(insertStatus(history, answerAt(ms))).toBe(true)
    expect(history.statuses.map(({ asOfMs }) => asOfMs - START_MS)).toEqual([10, 20, 30])
  })

  it('that say the same of the same moment are one', () => {
    const history = createHistory('s-1')
    insertStatus(history, answerAt(20))
    expect(insertStatus(history, answerAt(20))).toBe(false)
    expect(history.statuses).toHaveLength(1)
  })

  it('that say different things of the same moment stand in one order', () => {
    const histories = [createHistory('s-1'), createHistory('s-1')] as const
    for (const found of [true, false]) insertStatus(histories[0], answerAt(20, found))
    for (const found of [false, true]) insertStatus(histories[1], answerAt(20, found))
    expect(histories[0]).toEqual(histories[1])
    expect(histories[0].statuses).toHaveLength(2)
  })
})
