import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildTextFrame } from '../../../relay/stream/websocket-frame.ts'
import { readTextFrame } from '../support/read-text-frame.ts'

it.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])('frames a text of %i bytes', (length) => {
  const text = 'x'.repeat(length)
  expect(readTextFrame(buildTextFrame(text))).toBe(text)
})

it('frames any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(readTextFrame(buildTextFrame(text))).toBe(text)
    }),
  )
})
