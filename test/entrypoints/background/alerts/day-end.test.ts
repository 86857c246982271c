import { describe, expect, it } from 'vitest'
import { countUnreturned, dayEnd, nextDayEnd } from '../../../../entrypoints/background/alerts/day-end.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { buildRow } from '../../lib/store/row.ts'

const called: Partial<CallRow> = { startedMs: 5, outcome: 'answered', talkMs: 1000 }

describe('calls that wait for an answer', () => {
  const call = (telephonySessionId: string, fields: Partial<CallRow>) =>
    buildRow({ telephonySessionId, numberKey: 'tel:+14085550123', outcome: 'missed', ...fields })

  it.each<[string, readonly CallRow[], number]>([
    ['a missed one', [call('a', {})], 1],
    ['a missed one that was called back', [call('a', {}), call('b', { ...called, direction: 'Outbound' })], 0],
    ['a missed one whose caller tried again and got through', [call('a', {}), call('b', called)], 0],
    ['a missed one after a talk', [call('a', { startedMs: 9 }), call('b', called)], 1],
    ['one that the caller gave up', [call('a', { outcome: 'callerGaveUp' })], 1],
    ['one whose number was withheld', [buildRow({ telephonySessionId: 'a', outcome: 'missed' })], 0],
    ['one that nobody answered when the person called', [call('a', { direction: 'Outbound' })], 0],
    ['one that still rings', [call('a', { phase: 'ringing', outcome: undefined })], 0],
    ['two of one number', [call('a', {}), call('b', { startedMs: 1 })], 2],
  ])('%s', (_, rows, count) => {
    expect(countUnreturned(rows, true)).toBe(count)
    expect(countUnreturned(rows, false)).toBe(count)
  })

  it.each<[string, readonly CallRow[], number]>([
    ['one that came to the voicemail', [call('a', { outcome: 'voicemail' })], 1],
    [
      'one whose caller was called back',
      [call('a', { outcome: 'voicemail' }), call('b', { ...called, direction: 'Outbound' })],
      0,
    ],
    ['a message of mine on somebody else’s voicemail', [call('a', { outcome: 'voicemail', direction: 'Outbound' })], 0],
    ['one that was replied to with a message', [call('a', { outcome: 'replied' })], 0],
  ])('where those that came to the voicemail count: %s', (_, rows, count) => {
    expect(countUnreturned(rows, true)).toBe(count)
    expect(countUnreturned(rows, false)).toBe(0)
  })
})

it('the end of the day is by the clock on the wall, today and tomorrow', () => {
  const noonMs = new Date(2026, 2, 28, 12).getTime()
  expect(new Date(dayEnd(noonMs, 17 * 60 + 30))).toEqual(new Date(2026, 2, 28, 17, 30))
  expect(new Date(nextDayEnd(noonMs, 17 * 60 + 30))).toEqual(new Date(2026, 2, 29, 17, 30))
})
