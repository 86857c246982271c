import { expect, it } from 'vitest'
import { findParts } from '../../../../entrypoints/background/crm/number-parts.ts'

const plenty = () => ({ left: 1000 })

it.each([
  ['408-555-0187', ['408-555-0187']],
  ['408-555-0187 / 408-555-0188', ['408-555-0187', '408-555-0188']],
  ['Home: 408-555-0187, work: +1 (408) 555-0188', ['408-555-0187', '+1 (408) 555-0188']],
  ['95110 (408) 555-0187', ['(408) 555-0187']],
  ['no number', []],
])('%s holds %j', (text, parts) => {
  expect(findParts(text, 'US', plenty())).toEqual(parts)
})

it('tries no more parts than it may', () => {
  const tries = { left: 25 }
  findParts('12 34 56 78 90 '.repeat(40), 'DE', tries)
  expect(tries.left).toBeLessThanOrEqual(0)
  expect(findParts('408-555-0187', 'US', tries)).toEqual([])
})
