import { expect, it } from 'vitest'
import { dialText, readTarget } from '../../../../entrypoints/background/actions/target.ts'

it.each([
  ['(408) 555-0123', 'US', '+14085550123'],
  ['+14085550123*12', 'US', '+14085550123'],
  ['tel:+14085550123,,12#', 'US', '+14085550123'],
  ['044 33 5555 0187', 'MX', '+523355550187'],
  ['102', 'US', '102'],
  ['911', 'US', undefined],
  ['112', 'DE', undefined],
  ['116117', 'DE', undefined],
  ['*67', 'US', undefined],
  ['Private Number', 'US', undefined],
  ['+10000000000', 'US', undefined],
  ['Ada Winter', 'US', undefined],
])('%s in %s is dialled as %s', (typed, country, dialled) => {
  const target = readTarget(typed, country)
  expect(target && dialText(target)).toBe(dialled)
})
