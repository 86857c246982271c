import { expect, it } from 'vitest'
import { groupCustomerCalls } from '../../../shared/metrics/customer-calls.ts'

const call = (telephonySessionId: string, startedMs: number, peerIds: readonly string[] = []) => ({
  telephonySessionId,
  startedMs,
  peerIds,
})

it('makes one call of the sessions that are tied together, in any order, the newest first', () => {
  const customer = call('s-1', 1000, ['s-3'])
  const other = call('s-2', 1500)
  const consultation = call('s-3', 2000)
  const parked = call('s-4', 3000, ['s-3'])
  expect(groupCustomerCalls([parked, other, consultation, customer])).toEqual([
    { first: other, others: [] },
    { first: customer, others: [consultation, parked] },
  ])
})

it('takes a session that is not among the calls for nobody', () => {
  const calls = [call('s-1', 1000, ['s-9']), call('s-2', 2000, ['s-9'])]
  expect(groupCustomerCalls(calls)).toHaveLength(2)
})
