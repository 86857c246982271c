import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { MAX_WHISPER_CHARACTERS, whisperBody } from '../../../../shared/protocol/http/desk.ts'

const read = (text: unknown) => {
  const result = v.safeParse(whisperBody, { extensionId: '400102', text }, { abortEarly: true })
  return result.success ? result.output.text : `should be ${result.issues[0].message}`
}

describe('A whisper', () => {
  it('is one line that shows all that is in it', () => {
    expect(read('  ask for\nthe \u202eorder number ')).toBe('ask for the order number')
  })

  it.each<[what: string, text: unknown, answer: string]>([
    ['of as many characters as it may have', '👍'.repeat(MAX_WHISPER_CHARACTERS), '👍'.repeat(500)],
    ['of one too many', 'x'.repeat(501), 'should be a text of at most 500 characters'],
    ['of one too many, each of two units', '👍'.repeat(501), 'should be a text of at most 500 characters'],
    ['of 10 kB', 'x'.repeat(10_000), 'should be a text of at most 500 characters'],
    ['of nothing', '', 'should be a text with something to read in it'],
    ['of what looks like nothing', '\u200b\u202e ', 'should be a text with something to read in it'],
    ['of a number', 7, 'should be a text'],
  ])('%s', (_what, text, answer) => {
    expect(read(text)).toBe(answer)
  })
})
