import { expect, it } from 'vitest'
import { redact } from '../../../entrypoints/diagnostics/redact.ts'

it.each([
  ['a number', 'Ada called +1 (408) 555-0123 twice', 'Ada called … twice'],
  ['an extension', 'Extension 102 is not there', 'Extension … is not there'],
  ['an id in brackets', 'Resource [400102] is not found', 'Resource […] is not found'],
  ['an address', 'See https://relay.example.com/webhook?secret=x now', 'See … now'],
  ['a mail address', 'Ask bea.lindqvist@northwind.example first', 'Ask … first'],
  ['a token', 'Token U0pDMTFQMDFQQVMwMHxBQUF-dQ9k7 has expired', 'Token … has expired'],
  ['the name of the user', 'Bea Lindqvist lacks it, BEA said', '… lacks it, … said'],
  ['line breaks and what hides', 'one\u202e\r\n\u200btwo', 'one two'],
])('takes out %s', (_what, text, left) => {
  expect(redact(text, ['Bea Lindqvist'])).toBe(left)
})

it('leaves what helps: codes, permissions and words of RingCentral', () => {
  const words = 'CMN-408: In order to call this API endpoint, user needs to have [CallMonitoring] permission.'
  expect(redact(words, ['Bea Lindqvist'])).toBe(words)
  expect(redact('AccountLimitation', ['Al'])).toBe('AccountLimitation')
})

it('is not led astray by a name that looks like a pattern', () => {
  expect(redact('Who is (a+)+ here?', ['(a+)+'])).toBe('Who is … here?')
})

it('cuts off what is far too long', () => {
  expect(redact('a '.repeat(5000), []).length).toBeLessThanOrEqual(500)
})
