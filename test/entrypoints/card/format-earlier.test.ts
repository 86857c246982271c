import { describe, expect, it } from 'vitest'
import { formatEarlier, formatEarlierDay } from '../../../entrypoints/card/format-earlier.ts'

/** By the clock of whoever runs the test, as the reader's days are theirs. */
const at = (day: number, hour: number) => new Date(2026, 5, day, hour, 12).getTime()
const NOW_MS = at(10, 14)

describe('when an earlier call was', () => {
  it.each([
    ['today', at(10, 9), 'today 9:12 AM', 'heute 09:12'],
    ['a moment ahead, by another clock', at(10, 15), 'today 3:12 PM', 'heute 15:12'],
    ['in the night before', at(9, 23), 'yesterday 11:12 PM', 'gestern 23:12'],
    ['within the week', at(4, 16), 'Thu 4:12 PM', 'Do., 16:12'],
    ['a week ago', at(3, 16), 'Jun 3, 2026', '03.06.2026'],
  ])('%s', (_name, ms, english, german) => {
    // Chrome and Node write the space before AM in different ways.
    const plain = (text: string) => text.replace(/\s/g, ' ')
    expect(plain(formatEarlier(ms, NOW_MS, 'en-US'))).toBe(english)
    expect(plain(formatEarlier(ms, NOW_MS, 'de'))).toBe(german)
  })
})

describe('the day of an earlier call', () => {
  it.each([
    ['today', at(10, 9), 'today', 'heute'],
    ['in the night before', at(9, 23), 'yesterday', 'gestern'],
    ['within the week', at(4, 16), 'Thu', 'Do'],
    ['a week ago', at(3, 16), 'Jun 3, 2026', '03.06.2026'],
  ])('%s', (_name, ms, english, german) => {
    expect(formatEarlierDay(ms, NOW_MS, 'en-US')).toBe(english)
    expect(formatEarlierDay(ms, NOW_MS, 'de')).toBe(german)
  })
})
