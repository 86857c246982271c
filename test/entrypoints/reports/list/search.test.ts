import { expect, it } from 'vitest'
import { createSearch } from '../../../../entrypoints/reports/list/search.ts'
import { numberKey } from '../../../../shared/number/key.ts'

const calls = [
  { telephonySessionId: 's-ada', name: 'Zoë Winter', phoneNumber: '+14085550123' },
  { telephonySessionId: 's-noted', name: undefined, phoneNumber: '+493012345678' },
  { telephonySessionId: 's-tagged', name: 'Bob', phoneNumber: '102' },
  { telephonySessionId: 's-withheld', name: undefined, phoneNumber: undefined },
].map((call) => {
  const { key } = numberKey(call.phoneNumber, 'US')
  return { ...call, ...(key === undefined ? {} : { numberKey: key }) }
})
const notes = new Map([
  ['s-noted', { text: 'Wants the blue one', tags: [] }],
  ['s-tagged', { text: '', tags: ['VIP', 'Übergabe'] }],
])

it.each([
  ['', ['s-ada', 's-noted', 's-tagged', 's-withheld']],
  ['  ', ['s-ada', 's-noted', 's-tagged', 's-withheld']],
  ['zoe', ['s-ada']],
  ['(408) 555-0123', ['s-ada']],
  ['+1 408.555.0123', ['s-ada']],
  ['555 0123', ['s-ada']],
  ['030 1234', ['s-noted']],
  ['blue', ['s-noted']],
  ['vip', ['s-tagged']],
  ['uber', ['s-tagged']],
  ['102', ['s-tagged']],
  ['nobody', []],
])('%j finds %j', (typed, ids) => {
  const isFound = createSearch(typed, { country: 'US', notes })
  expect(calls.filter(isFound).map(({ telephonySessionId }) => telephonySessionId)).toEqual(ids)
})
