import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { EXTENSION_ID, EXTENSION_KEY } from '../../shared/extension-key.ts'

it('has the id that Chrome derives from the key', () => {
  const digest = createHash('sha256').update(Buffer.from(EXTENSION_KEY, 'base64')).digest('hex')
  const letters = [...digest.slice(0, 32)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
  expect(letters.join('')).toBe(EXTENSION_ID)
})
