import { describe, expect, it } from 'vitest'
import { formatShownName, formatShownNumber } from '../../../../entrypoints/lib/wording/shown-number.ts'

const hidden = { country: 'US', isMasking: true }
const open = { country: 'US', isMasking: false }

describe('a number', () => {
  it.each([
    ['+14085550123', '(408) 555-••••'],
    ['+442079460018', '+44 20 7946 ••••'],
    ['101', '101'],
    [undefined, undefined],
  ])('%s is hidden as %s', (raw, text) => {
    expect(formatShownNumber(raw, hidden)?.text).toBe(text)
  })

  it('is shown in full otherwise', () => {
    expect(formatShownNumber('+14085550123', open)).toEqual({ kind: 'number', text: '(408) 555-0123' })
  })
})

describe('a name', () => {
  it.each([
    ['Ada Winter', '+14085550123', 'Ada Winter'],
    ['(408) 555-0123', '+14085550123', '(408) 555-••••'],
    ['+14085550123', '+14085550123', '+1408555••••'],
    ['Agent 007', '+14085550123', 'Agent 007'],
    [undefined, '+14085550123', undefined],
  ])('%s of %s is shown as %s', (name, raw, text) => {
    expect(formatShownName(name, raw, hidden)).toBe(text)
    expect(formatShownName(name, raw, open)).toBe(name)
  })
})
