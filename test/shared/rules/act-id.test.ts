import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatActId, parseActId } from '../../../shared/rules/act-id.ts'

describe('the id of an act', () => {
  it('tells of which rule and call it is, whatever they are called', () => {
    const parts = fc.record({
      rule: fc.string({ unit: 'binary' }),
      entry: fc.nat(20),
      attempt: fc.integer({ min: 1, max: 9 }),
      callId: fc.string({ minLength: 1, unit: 'binary' }),
    })
    fc.assert(
      fc.property(parts, (one) => {
        expect(parseActId(formatActId(one))).toEqual(one)
      }),
    )
  })

  it('reads well', () => {
    expect(formatActId({ rule: 'Important customers', entry: 0, attempt: 1, callId: 's-0b30727b' })).toBe(
      '0.1.s-0b30727b.Important customers',
    )
  })

  it.each(['', 'a-uuid-of-a-person', '0.1', '-1.1.s-1.rule'])('is none of a rule: %s', (text) => {
    expect(parseActId(text)).toBeUndefined()
  })
})
