import { describe, expect, it } from 'vitest'
import { readAddress, SHOWN_FIRST, writeAddress } from '../../../entrypoints/reports/address.ts'
import { compareAmounts, compareShares } from '../../../entrypoints/reports/change.ts'
import { choosePlaces } from '../../../entrypoints/reports/charts/axes.ts'
import { stackSeries } from '../../../entrypoints/reports/charts/stack.ts'
import { createFilter, type Filters, isFiltered, NO_FILTERS } from '../../../entrypoints/reports/filters.ts'
import { createHistogram } from '../../../entrypoints/reports/histogram.ts'
import { formatBin, formatDays, formatHour, formatShare } from '../../../entrypoints/reports/labels.ts'
import { describeCalls } from '../../../entrypoints/reports/report-call.ts'
import { listWithin, traceWithin } from '../../../entrypoints/reports/within-curve.ts'
import { createDistribution } from '../../../shared/metrics/distribution.ts'
import { emptyTally, tallyCalls } from '../../../shared/metrics/tally.ts'
import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { buildRow } from '../lib/store/row.ts'

const calendar = createCalendar('UTC')

describe('the address', () => {
  it.each([
    ['range=30d', { range: { kind: '30d' }, filters: NO_FILTERS }],
    ['range=7d&view=calls', { range: { kind: '7d' }, filters: NO_FILTERS, view: 'calls' }],
    [
      'range=2026-03-01..2026-03-29&direction=Inbound&outcome=missed&queue=Sales+%26+more',
      {
        range: { kind: 'own', fromDay: '2026-03-01', toDay: '2026-03-29' },
        filters: { ...NO_FILTERS, direction: 'Inbound', result: 'missed', queueName: 'Sales & more' },
      },
    ],
  ] as const)('%s says what is shown, and is written for it', (address, shown) => {
    expect(readAddress(address)).toEqual(shown)
    expect(writeAddress(shown)).toBe(address)
  })

  it('never names a person, a number or a tag', () => {
    const filters = { ...NO_FILTERS, who: '+1 202 555 0123', tag: 'VIP' }
    expect(writeAddress({ range: { kind: 'today' }, filters })).toBe('range=today')
  })

  it.each([
    '',
    'range=toString',
    'range=2026-03-29..2026-03-01',
    'range=2026-02-30..2026-03-01',
    'range=0026-03-01..2026-03-29',
    'direction=Up',
  ])('%j is as if it were not there', (address) => {
    expect(readAddress(address)).toEqual(SHOWN_FIRST)
  })
})

describe('filters', () => {
  const calls = describeCalls(
    [
      buildRow({
        telephonySessionId: 'zoe',
        name: 'Zoë Müller',
        phoneNumber: '+493012345678',
        numberKey: 'tel:+493012345678',
        queueName: 'Sales',
      }),
      buildRow({ telephonySessionId: 'colleague', name: 'Bea', phoneNumber: '102', numberKey: 'ext:102' }),
      buildRow({ telephonySessionId: 'withheld', direction: 'Outbound', outcome: 'missed' }),
    ],
    calendar,
  )
  const find = (filters: Partial<Filters>, tagged?: ReadonlySet<string>) =>
    calls
      .filter(createFilter({ ...NO_FILTERS, ...filters }, { country: 'DE', tagged }))
      .map(({ row }) => row.telephonySessionId)

  it.each<[string, Partial<Filters>, readonly string[]]>([
    ['nothing', {}, ['zoe', 'colleague', 'withheld']],
    ['a name without its accents', { who: 'zoe mull' }, ['zoe']],
    ['a national number', { who: '030 / 1234 5678' }, ['zoe']],
    ['an international one', { who: '+49 30 12345678' }, ['zoe']],
    ['the end of a number', { who: '5678' }, ['zoe']],
    ['an extension', { who: '102' }, ['colleague']],
    ['two digits, which are in too many numbers', { who: '12' }, []],
    ['a direction', { direction: 'Outbound' }, ['withheld']],
    ['an outcome', { result: 'unreached' }, ['withheld']],
    ['a queue', { queueName: 'Sales' }, ['zoe']],
    ['a queue and a direction', { queueName: 'Sales', direction: 'Outbound' }, []],
  ])('by %s', (_, filters, expected) => {
    expect(find(filters)).toEqual(expected)
    expect(isFiltered({ ...NO_FILTERS, ...filters })).toBe(Object.keys(filters).length > 0)
  })

  it('by tag, and by none until the calls that carry it are known', () => {
    expect(find({ tag: 'VIP' }, new Set(['colleague']))).toEqual(['colleague'])
    expect(find({ tag: 'VIP' })).toEqual([])
  })
})

describe('changes', () => {
  it.each([
    [5, 4, { kind: 'changed', share: 0.25 }],
    [0, 4, { kind: 'changed', share: -1 }],
    [4, 4, { kind: 'same' }],
    [4, 0, { kind: 'new' }],
    [0, 0, undefined],
    [undefined, 4, undefined],
  ])('from %s, which was %s', (now, before, expected) => {
    expect(compareAmounts(now, before)).toEqual(expected)
  })

  it('of shares are points', () => {
    expect(compareShares(0.75, 0.5)).toEqual({ kind: 'moved', points: 25 })
    expect(compareShares(0.5, 0.5)).toEqual({ kind: 'same' })
    expect(compareShares(0.5, undefined)).toEqual({ kind: 'new' })
    expect(compareShares(undefined, 0.5)).toBeUndefined()
  })
})

describe('a histogram', () => {
  const binsOf = (...seconds: number[]) =>
    createHistogram(createDistribution(seconds.map((second) => second * 1000))).map((bin) => [
      formatBin(bin),
      bin.count,
    ])

  it.each<[string, readonly number[], readonly (readonly [string, number])[]]>([
    ['nothing', [], []],
    [
      'one value',
      [7],
      [0, 1, 2, 3, 4, 5].map((from): [string, number] => [`0:0${from}–0:0${from + 1}`, 0]).concat([['0:06–0:07', 1]]),
    ],
    [
      'values on the edge of a bin',
      [1, 2, 2],
      [
        ['0:00–0:01', 1],
        ['0:01–0:02', 2],
      ],
    ],
  ])('of %s', (_, seconds, expected) => {
    expect(binsOf(...seconds)).toEqual(expected)
  })

  it('has one bin for what took unusually long', () => {
    const bins = binsOf(...Array.from({ length: 19 }, (_, index) => index + 1), 4000)
    expect(bins.at(-1)).toEqual(['> 0:18', 2])
    expect(bins).toHaveLength(10)
  })

  it('counts every value once', () => {
    const values = [0.5, 3, 3, 8, 12, 40, 41, 100, 3600, 7300]
    expect(binsOf(...values).reduce((sum, [, count]) => sum + Number(count), 0)).toBe(values.length)
  })
})

describe('answered within', () => {
  const calls = [1000, 5000, 25_000].map((ringMs) => buildRow({ telephonySessionId: `${ringMs}`, ringMs, talkMs: 1 }))
  const missed = buildRow({ telephonySessionId: 'm', outcome: 'missed', ringMs: 9000 })
  const tally = tallyCalls([...calls, missed].map((row) => ({ ...row, outcome: row.outcome ?? 'answered' })))

  it('rises to the share that was answered at all, to the goal and beyond', () => {
    const points = traceWithin(tally, 20_000)
    expect(points.map(({ limitMs }) => limitMs)).toEqual(Array.from({ length: 31 }, (_, second) => second * 1000))
    expect([points[0]?.share, points[1]?.share, points[5]?.share, points[30]?.share]).toEqual([0, 0.25, 0.5, 0.75])
  })

  it('is listed at round limits and at the goal', () => {
    const listed = listWithin(tally, 25_000).map(({ limitMs, count }) => [limitMs / 1000, count])
    expect(listed).toContainEqual([5, 2])
    expect(listed).toContainEqual([25, 3])
    expect(listed.map(([limit]) => limit)).toEqual([5, 10, 15, 20, 25, 30, 45, 60, 90, 120])
  })

  it('is nothing without calls to answer', () => {
    expect(traceWithin(emptyTally, 20_000)).toEqual([])
    expect(listWithin(emptyTally, 20_000)).toEqual([])
  })
})

describe('what is drawn', () => {
  it('stands on what is below it', () => {
    expect(
      stackSeries([
        [1, 2],
        [3, 0],
        [0, 5],
      ]),
    ).toEqual([
      [1, 2],
      [4, 2],
      [4, 7],
    ])
  })

  it.each([
    [7, 700, [0, 1, 2, 3, 4, 5, 6]],
    [24, 560, [0, 3, 6, 9, 12, 15, 18, 21]],
    [24, 300, [0, 6, 12, 18]],
    [1, 50, [0]],
    [0, 500, []],
  ])('names as many of %i places as fit into %i pixels', (count, widthPx, expected) => {
    expect(choosePlaces(count, widthPx, 56)).toEqual(expected)
  })

  it('is written as the reader writes it', () => {
    expect(formatDays({ fromDay: '2026-11-22', toDay: '2026-11-22' }, 'de')).toBe('So., 22. Nov. 2026')
    expect(formatDays({ fromDay: '2026-11-22', toDay: '2026-11-22' }, 'en-US')).toBe('Sun, Nov 22, 2026')
    expect(formatHour(14, 'de')).toBe('14:00')
    expect(formatShare(0.999, 'en-US')).toBe('99%')
    expect(formatShare(0.29, 'en-US')).toBe('29%')
    expect(formatShare(1, 'en-US')).toBe('100%')
  })
})
