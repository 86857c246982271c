import { describe, expect, it } from 'vitest'
import { parseJson, rewriteJson } from '../../relay/json.ts'

describe('parseJson', () => {
  it.each<[what: string, text: string, value: unknown]>([
    ['a number that a double holds', '{"id": 9007199254740991}', { id: 9007199254740991 }],
    ['a larger one as its digits', '{"id": 9007199254740993}', { id: '9007199254740993' }],
    ['one in a list', '[12345678901234567890]', ['12345678901234567890']],
    ['digits in a text', '{"a":": 12345678901234567890"}', { a: ': 12345678901234567890' }],
    ['an escaped quote before digits', '{"a":"\\": 12345678901234567890"}', { a: '": 12345678901234567890' }],
    ['a fraction', '[ 0.12345678901234567890]', [0.12345678901234568]],
  ])('reads %s', (_what, text, value) => {
    expect(parseJson(text)).toEqual(value)
  })

  it.each([
    '{',
    '{"id": 009007199254740993}',
    '[ -0012345678901234567890]',
    '',
    'NaN',
    '[1,]',
    '['.repeat(65) + ']'.repeat(65),
  ])('refuses %s', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError)
  })

  it('does not count brackets inside texts as depth', () => {
    expect(parseJson(JSON.stringify({ a: '['.repeat(100) }))).toEqual({ a: '['.repeat(100) })
  })
})

describe('rewriteJson', () => {
  it('spells large integers as they were', () => {
    const text = '{"uuid":18234852883139442399,"drop":1,"id":"18234852883139442399"}'
    const changed = rewriteJson(text, (value) => ({ ...(value as object), drop: undefined }))
    expect(changed).toBe('{"uuid":18234852883139442399,"id":"18234852883139442399"}')
  })
})
