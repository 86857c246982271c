import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS, parseInstant, SECOND_MS } from '../../shared/time.ts'

const anyInstant = fc.date({
  noInvalidDate: true,
  min: new Date('0000-01-01T00:00:00.000Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
})
const noon = '2020-06-14T12:00:00.000Z'
const noonMs = Date.UTC(2020, 5, 14, 12)

it('reads every instant in the form of the wire as the language does', () => {
  fc.assert(
    fc.property(anyInstant, (date) => {
      expect(parseInstant(date.toISOString())).toBe(date.getTime())
    }),
    { numRuns: 2000 },
  )
})

it('is the inverse of writing', () => {
  fc.assert(
    fc.property(anyInstant, (date) => {
      expect(parseInstant(formatInstant(date.getTime()))).toBe(date.getTime())
    }),
  )
})

it('agrees with the language on whatever looks like an instant', () => {
  const anyNumber = (digits: number, max: number) =>
    fc.integer({ min: 0, max }).map((number) => String(number).padStart(digits, '0'))
  const anyText = fc
    .tuple(
      fc.tuple(anyNumber(4, 9999), anyNumber(2, 14), anyNumber(2, 33)).map((parts) => parts.join('-')),
      fc.tuple(anyNumber(2, 25), anyNumber(2, 61), anyNumber(2, 61)).map((parts) => parts.join(':')),
      anyNumber(3, 999),
    )
    .map(([date, time, ms]) => `${date}T${time}.${ms}Z`)
  fc.assert(
    fc.property(anyText, (text) => {
      const ms = Date.parse(text)
      expect(parseInstant(text)).toBe(Number.isNaN(ms) ? undefined : ms)
    }),
    { numRuns: 3000 },
  )
})

it.each([
  ['2020-06-14T12:00:00.000Z', noonMs],
  ['2020-06-14T12:00:00Z', noonMs],
  ['2020-06-14T12:00Z', noonMs],
  ['2020-06-14T12:00:00.5Z', noonMs + 500],
  ['2020-06-14T12:00:00.123456Z', noonMs + 123],
  ['2020-06-14T14:00:00.000+02:00', noonMs],
  ['2020-06-14T05:30:00.000-06:30', noonMs],
  ['2020-06-14T24:00:00.000Z', noonMs + 12 * HOUR_MS],
  ['2020-02-29T00:00:00.000Z', Date.UTC(2020, 1, 29)],
  ['0099-06-14T12:00:00.000Z', Date.parse('0099-06-14T12:00:00.000Z')],
])('reads %s', (text, ms) => {
  expect(parseInstant(text)).toBe(ms)
})

describe('refuses what is not an instant with a zone:', () => {
  it.each([
    '',
    'noon',
    '2020-06-14',
    '2020-06-14T12:00:00.000',
    '2020-06-14 12:00:00.000Z',
    '2020-06-14T12:00:00,000Z',
    '2020-06-14t12:00:00.000z',
    '2020-13-14T12:00:00.000Z',
    '2020-00-14T12:00:00.000Z',
    '2020-06-00T12:00:00.000Z',
    '2020-06-32T12:00:00.000Z',
    '2020-06-14T25:00:00.000Z',
    '2020-06-14T12:60:00.000Z',
    '2020-06-14T12:00:60.000Z',
    '2020-06-14T12:00:00.00aZ',
    '2020-06-14T12:00:00. 00Z',
    '2020-06-14T12:00:00.-10Z',
    '٢٠٢٠-06-14T12:00:00.000Z',
    ' 2020-06-14T12:00:00.000Z',
    '2020-06-14T12:00:00.000Z\n',
    '+002020-06-14T12:00:00.000Z',
    'Sun, 14 Jun 2020 12:00:00 GMT',
    '1592136000000',
  ])('%j', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it('the usual form with any one character replaced by a letter', () => {
    for (let index = 0; index < noon.length; index++) {
      expect(parseInstant(`${noon.slice(0, index)}x${noon.slice(index + 1)}`)).toBeUndefined()
    }
  })

  it('any text that the language does not read either', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const ms = parseInstant(text)
        expect(ms === undefined || ms === Date.parse(text)).toBe(true)
      }),
    )
  })
})

it('has each unit in ms', () => {
  expect([SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS]).toEqual([1000, 60_000, 3_600_000, 86_400_000])
})
