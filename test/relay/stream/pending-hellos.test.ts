import { expect, it } from 'vitest'
import {
  createPendingHellos,
  MAX_PENDING,
  MAX_PENDING_OVER_LIMIT,
  MAX_PENDING_PER_ADDRESS,
} from '../../../relay/stream/pending-hellos.ts'

it('has room for so many of one address, and still for others', () => {
  const pending = createPendingHellos()
  for (let count = 0; count < MAX_PENDING_PER_ADDRESS; count++) pending.add('203.0.113.1')
  expect(pending.hasRoom('203.0.113.1')).toBe(false)
  expect(pending.hasRoom('203.0.113.2')).toBe(true)
})

it('has room for so many in all', () => {
  const pending = createPendingHellos()
  for (let count = 0; count < MAX_PENDING; count++) pending.add(`2001:db8:0:${count.toString(16)}::1`)
  expect(pending.hasRoom('203.0.113.2')).toBe(false)
})

it('gives the room back once', () => {
  const pending = createPendingHellos()
  for (let count = 0; count < MAX_PENDING_PER_ADDRESS - 1; count++) pending.add('203.0.113.1')
  const forget = pending.add('203.0.113.1')
  forget()
  forget()
  pending.add('203.0.113.1')
  expect(pending.hasRoom('203.0.113.1')).toBe(false)
})

it('has little room for an address from which much has failed', () => {
  const pending = createPendingHellos()
  for (let count = 0; count < MAX_PENDING_OVER_LIMIT; count++) pending.add('203.0.113.1')
  expect(pending.hasRoom('203.0.113.1', true)).toBe(false)
  expect(pending.hasRoom('203.0.113.1', false)).toBe(true)
  expect(pending.hasRoom('203.0.113.2', true)).toBe(true)
})

it('takes all addresses of one IPv6 network for one', () => {
  const pending = createPendingHellos()
  for (let count = 0; count < MAX_PENDING_PER_ADDRESS; count++) pending.add(`2001:db8::${count.toString(16)}`)
  expect(pending.hasRoom('2001:db8::ffff')).toBe(false)
})
