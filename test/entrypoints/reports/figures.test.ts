import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredDay } from '../../../entrypoints/lib/store/schema.ts'
import { figuresOfGroups, groupCalls, measureGroups } from '../../../entrypoints/reports/call-groups.ts'
import { figuresOfCalls, figuresOfDays, measureCalls } from '../../../entrypoints/reports/figures.ts'
import { createFilter, keepsGroups, NO_FILTERS } from '../../../entrypoints/reports/filters.ts'
import { resolveRange } from '../../../entrypoints/reports/range.ts'
import { describeCalls } from '../../../entrypoints/reports/report-call.ts'
import { countResults, RESULTS, resultOf } from '../../../entrypoints/reports/result.ts'
import { createSlotIndex, listSlots, slotKindOf } from '../../../entrypoints/reports/slots.ts'
import { listTopNumbers, listTopQueues } from '../../../entrypoints/reports/tops.ts'
import { OUTCOMES } from '../../../shared/call/outcome.ts'
import { tallyCalls } from '../../../shared/metrics/tally.ts'
import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { tallyBy } from '../../support/tally-by.ts'
import { buildRow } from '../lib/store/row.ts'

const timeZone = 'Europe/Berlin'
const calendar = createCalendar(timeZone)
const own = (fromDay: string, toDay: string) =>
  resolveRange({ kind: 'own', fromDay, toDay }, '2026-12-31', calendar).now

const anyCall = fc.record({
  startedMs: fc.integer({ min: Date.parse('2026-03-01'), max: Date.parse('2026-11-30') }),
  direction: fc.constantFrom('Inbound', 'Outbound'),
  outcome: fc.constantFrom(...OUTCOMES),
  ringMs: fc.nat(60_000),
  talkMs: fc.nat(600_000),
  holdMs: fc.nat(90_000),
  isEstimate: fc.boolean(),
})
const anyRows = fc
  .array(anyCall, { maxLength: 40 })
  .map((calls) => calls.map((fields, index) => buildRow({ telephonySessionId: `s-${index}`, ...fields })))

describe('results', () => {
  it.each([
    ['an answered call', { outcome: 'answered' }, 'answered'],
    ['a call that was passed on after talking', { outcome: 'transferred', talkMs: 1 }, 'answered'],
    ['a call that was sent on while it rang', { outcome: 'transferred', talkMs: 0 }, 'other'],
    ['a call that rang out', { outcome: 'missed' }, 'missed'],
    ['a caller who left', { outcome: 'callerGaveUp' }, 'missed'],
    ['my call that nobody took', { outcome: 'missed', direction: 'Outbound' }, 'unreached'],
    ['my call to a busy line', { outcome: 'busy', direction: 'Outbound' }, 'unreached'],
    ['a call that a colleague took', { outcome: 'answeredElsewhere' }, 'answeredElsewhere'],
    ['a declined call', { outcome: 'rejected' }, 'other'],
  ] as const)('%s', (_, fields, result) => {
    expect(resultOf({ direction: 'Inbound', talkMs: 0, ...fields })).toBe(result)
  })

  it('of tallies are those of their calls', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const calls = describeCalls(rows, calendar)
        const counts = countResults(tallyCalls(calls.map(({ row }) => row)))
        for (const result of RESULTS) expect(counts[result]).toBe(calls.filter((call) => call.result === result).length)
      }),
    )
  })
})

describe('figures', () => {
  it('of stored days are those of the calls, in every range', () => {
    const anyRange = fc.constantFrom(
      own('2026-03-01', '2026-11-30'),
      own('2026-06-01', '2026-06-30'),
      own('2026-03-29', '2026-03-29'),
    )
    fc.assert(
      fc.property(anyRows, anyRange, (rows, span) => {
        const all = describeCalls(rows, calendar)
        const calls = all.filter(({ row }) => row.startedMs >= span.fromMs && row.startedMs < span.toMs)
        const days = storeDays(all.map(({ row }) => row))
        expect(figuresOfDays(days, span)).toEqual(figuresOfCalls(calls, span))
      }),
    )
  })

  it('count every call in one hour and in one slot', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const span = own('2026-03-01', '2026-11-30')
        const calls = describeCalls(rows, calendar).filter(({ day }) => day >= span.fromDay && day <= span.toDay)
        const { byHour, bySlot } = figuresOfCalls(calls, span)
        for (const buckets of [byHour, bySlot]) {
          const counted = buckets.flatMap(({ results }) => Object.values(results)).reduce((a, b) => a + b, 0)
          expect(counted).toBe(calls.length)
        }
      }),
    )
  })

  it('of calls: what nobody returned, the time of both sides, and the wait of who called', () => {
    const calls = describeCalls(
      [
        buildRow({ telephonySessionId: 'a', outcome: 'missed', callerWaitMs: 20_000 }),
        buildRow({ telephonySessionId: 'b', outcome: 'callerGaveUp', callerWaitMs: 0 }),
        buildRow({ telephonySessionId: 'c', twoWayTalkMs: 5000, callerWaitMs: 3000 }),
        buildRow({ telephonySessionId: 'd', twoWayTalkMs: 0, direction: 'Outbound', callerWaitMs: 9000 }),
        buildRow({ telephonySessionId: 'e', outcome: 'missed', direction: 'Outbound' }),
      ],
      calendar,
    )
    const returned = new Map([['b', { telephonySessionId: 'x', startedMs: 1, how: 'calledBack' } as const]])
    expect(measureCalls(calls, returned, false)).toEqual({
      notReturned: 1,
      distributions: { twoWayTalk: { sortedMs: [5000] }, callerWait: { sortedMs: [0, 3000, 20_000] } },
    })
  })

  it('count who came to the voicemail as not returned, where the person wants that', () => {
    const rows = [
      buildRow({ telephonySessionId: 'a', outcome: 'voicemail' }),
      buildRow({ telephonySessionId: 'b', outcome: 'voicemail' }),
      buildRow({ telephonySessionId: 'c', outcome: 'voicemail', direction: 'Outbound' }),
    ]
    const back = new Map([['b', { telephonySessionId: 'z', startedMs: 9, how: 'calledBack' as const }]])
    expect(measureCalls(describeCalls(rows, calendar), back, true).notReturned).toBe(1)
    expect(measureCalls(describeCalls(rows, calendar), back, false).notReturned).toBe(0)
  })
})

describe('groups of calls', () => {
  const span = own('2026-03-01', '2026-11-30')
  const anyFilters = fc.record({
    direction: fc.constantFrom('Inbound', 'Outbound', undefined),
    result: fc.constantFrom(...RESULTS, undefined),
    queueName: fc.constantFrom('Sales', 'Support', undefined),
  })
  const anyQueued = fc.tuple(anyRows, fc.array(fc.constantFrom('Sales', 'Support', undefined), { minLength: 40 }))

  it('add up to what their calls add up to, whatever is filtered by', async () => {
    await fc.assert(
      fc.asyncProperty(anyQueued, anyFilters, fc.boolean(), async ([rows, queues], some, withVoicemails) => {
        const calls = describeCalls(
          rows.map((row, index) => ({ ...row, queueName: queues[index] })),
          calendar,
        )
        const isShown = createFilter({ ...NO_FILTERS, ...some }, { country: 'DE', tagged: undefined })
        const kept = calls.filter(isShown)
        const groups = (await groupCalls(calls, span)).filter(({ calls: [first] }) => isShown(first))
        const returned = new Map([['s-0', { telephonySessionId: 'x', startedMs: 1, how: 'calledBack' } as const]])
        expect(figuresOfGroups(groups, span)).toEqual(figuresOfCalls(kept, span))
        expect(measureGroups(groups, returned, withVoicemails)).toEqual(measureCalls(kept, returned, withVoicemails))
      }),
    )
  })

  it('are kept or left as a whole, unless somebody or a tag is looked for', () => {
    expect(keepsGroups({ ...NO_FILTERS, direction: 'Inbound', result: 'missed', queueName: 'Sales' })).toBe(true)
    expect(keepsGroups({ ...NO_FILTERS, who: ' ' })).toBe(true)
    expect(keepsGroups({ ...NO_FILTERS, who: 'Ada' })).toBe(false)
    expect(keepsGroups({ ...NO_FILTERS, tag: 'complaint' })).toBe(false)
  })
})

describe('slots', () => {
  it.each([
    ['one day', own('2026-11-22', '2026-11-22'), 'hour', 24],
    ['a week', own('2026-11-16', '2026-11-22'), 'day', 7],
    ['three months', own('2026-08-25', '2026-11-24'), 'day', 92],
    // From a Wednesday on.
    ['a year', own('2025-01-01', '2025-12-31'), 'week', 53],
  ] as const)('of %s', (_, span, kind, count) => {
    expect(slotKindOf(span)).toBe(kind)
    expect(listSlots(span)).toHaveLength(count)
  })

  it('of weeks are cut where the range is', () => {
    const span = own('2025-01-01', '2025-12-31')
    const slots = listSlots(span)
    expect(slots[0]).toEqual({ fromDay: '2025-01-01', toDay: '2025-01-05' })
    expect(slots.at(-1)).toEqual({ fromDay: '2025-12-29', toDay: '2025-12-31' })
    const indexOf = createSlotIndex(span)
    for (const [index, { fromDay, toDay }] of slots.entries())
      expect([indexOf(fromDay, 0), indexOf(toDay, 23)]).toEqual([index, index])
  })
})

describe('the most calls', () => {
  it('are listed by number and by queue, withheld ones left out', () => {
    const row = (telephonySessionId: string, fields: Parameters<typeof buildRow>[0] | object) =>
      buildRow({ telephonySessionId, ...fields })
    const calls = describeCalls(
      [
        row('a', { numberKey: 'tel:+1', startedMs: 1, name: 'Old name', talkMs: 10, queueName: 'Sales' }),
        row('b', { numberKey: 'tel:+1', startedMs: 2, name: 'New name', outcome: 'missed' }),
        row('c', { numberKey: 'tel:+2', startedMs: 3 }),
        row('d', { startedMs: 4, queueName: 'Sales' }),
        row('e', { startedMs: 5 }),
      ],
      calendar,
    )
    const brief = (tops: ReturnType<typeof listTopNumbers>) =>
      tops.map(({ key, calls: count, missed, talkMs, latest }) => [key, count, missed, talkMs, latest.name])
    expect(brief(listTopNumbers(calls))).toEqual([
      ['tel:+1', 2, 1, 10, 'New name'],
      ['tel:+2', 1, 0, 0, undefined],
    ])
    expect(brief(listTopQueues(calls))).toEqual([['Sales', 2, 0, 10, undefined]])
  })
})

function storeDays(rows: Parameters<typeof tallyBy>[0]): readonly StoredDay[] {
  const days = new Map<string, StoredDay['hours'][number][]>()
  for (const { values, tally } of tallyBy(rows, ['day', 'hour'], { timeZone, country: 'DE' }).values()) {
    const hours = days.get(values.day) ?? []
    days.set(values.day, hours)
    hours.push({ hour: values.hour, tally })
  }
  return [...days].map(([day, hours]) => ({ day, hours }))
}
