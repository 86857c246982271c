import { expect, it } from 'vitest'
import { groupCustomerCalls } from '../../../shared/metrics/customer-calls.ts'

const call = (telephonySessionId: string, startedMs: number) => ({ telephonySessionId, startedMs })
const part = (telephonySessionId: string, startedMs: number, ofId?: string) => ({
  telephonySessionId,
  startedMs,
  part: { ofId },
})

it('J9 every call has its parts, by their start, whatever order they come in; the newest call first', () => {
  const customer = call('s-1', 1000)
  const other = call('s-2', 1500)
  const consultation = part('s-3', 500, 's-1')
  const parked = part('s-4', 3000, 's-1')
  expect(groupCustomerCalls([parked, other, consultation, customer])).toEqual([
    { first: other, others: [] },
    { first: customer, others: [consultation, parked] },
  ])
})

it('J9 what is a part of no call, or of one that is not among these, is left out', () => {
  expect(groupCustomerCalls([call('s-1', 1000), part('s-2', 2000), part('s-3', 3000, 's-9')])).toEqual([
    { first: call('s-1', 1000), others: [] },
  ])
})
