import { expect, it } from 'vitest'
import { maskNumber } from '../../../shared/number/mask.ts'

it.each([
  ['(408) 555-0123', '(408) 555-••••'],
  ['+44 20 7946 0018', '+44 20 7946 ••••'],
  ['030 901820', '030 90••••'],
  ['102', '102'],
  ['*801', '*801'],
])('%s is shown as %s', (text, masked) => {
  expect(maskNumber(text)).toBe(masked)
})
