import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countCharacters, toPlainLine } from '../../../shared/protocol/plain-line.ts'

describe('A plain line', () => {
  it.each<[what: string, text: string, line: string]>([
    ['words as they are', 'Offer him the 12 % now', 'Offer him the 12 % now'],
    ['markup, which is text like any other', '<b>no</b> &amp;', '<b>no</b> &amp;'],
    ['one line of several', 'one\r\ntwo\u2028three\tfour', 'one two three four'],
    ['no blanks around', '  \u00a0 yes \n', 'yes'],
    ['nothing that turns the direction', 'pay \u202e000,1\u202c \u2066now\u2069\u200f', 'pay 000,1 now'],
    ['no controls', 'a\u0000b\u001b[31mc\u0085d', 'a b [31mc d'],
    ['nothing that looks like nothing', 'a\u200bb\ufeff\u00ad\u3164c\u{e0041}', 'abc'],
    ['letters of every script', 'שלום · नमस्ते · Žluťoučký', 'שלום · नमस्ते · Žluťoučký'],
    ['joiners and variants of an emoji', '👩\u200d👧 ❤\ufe0f', '👩\u200d👧 ❤\ufe0f'],
    ['no half of a character', 'a\ud800b', 'a\ufffdb'],
    ['no tower of marks', `e${'\u0301'.repeat(40)}!`, `e${'\u0301'.repeat(6)}!`],
    ['nothing of nothing', '\u200b \u202e\n', ''],
  ])('keeps %s', (_what, text, line) => {
    expect(toPlainLine(text)).toBe(line)
  })

  it('is one already, whatever it was made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = toPlainLine(text)
        expect(toPlainLine(line)).toBe(line)
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })

  it('counts an emoji as one', () => {
    expect(countCharacters('a👍b')).toBe(3)
  })
})
