import { expect, it } from 'vitest'
import {
  createStrangers,
  MAX_STRANGERS,
  MAX_STRANGERS_OVER_LIMIT,
  MAX_STRANGERS_PER_ADDRESS,
} from '../../../relay/stream/strangers.ts'

it('has room for so many of one address, and still for others', () => {
  const strangers = createStrangers()
  for (let count = 0; count < MAX_STRANGERS_PER_ADDRESS; count++) strangers.add('203.0.113.1')
  expect(strangers.hasRoom('203.0.113.1')).toBe(false)
  expect(strangers.hasRoom('203.0.113.2')).toBe(true)
})

it('has room for so many in all', () => {
  const strangers = createStrangers()
  for (let count = 0; count < MAX_STRANGERS; count++) strangers.add(`2001:db8:0:${count.toString(16)}::1`)
  expect(strangers.hasRoom('203.0.113.2')).toBe(false)
})

it('gives the room back once', () => {
  const strangers = createStrangers()
  for (let count = 0; count < MAX_STRANGERS_PER_ADDRESS - 1; count++) strangers.add('203.0.113.1')
  const forget = strangers.add('203.0.113.1')
  forget()
  forget()
  strangers.add('203.0.113.1')
  expect(strangers.hasRoom('203.0.113.1')).toBe(false)
})

it('has little room for an address from which much has failed', () => {
  const strangers = createStrangers()
  for (let count = 0; count < MAX_STRANGERS_OVER_LIMIT; count++) strangers.add('203.0.113.1')
  expect(strangers.hasRoom('203.0.113.1', true)).toBe(false)
  expect(strangers.hasRoom('203.0.113.1', false)).toBe(true)
  expect(strangers.hasRoom('203.0.113.2', true)).toBe(true)
})

it('takes all addresses of one IPv6 network for one', () => {
  const strangers = createStrangers()
  for (let count = 0; count < MAX_STRANGERS_PER_ADDRESS; count++) strangers.add(`2001:db8::${count.toString(16)}`)
  expect(strangers.hasRoom('2001:db8::ffff')).toBe(false)
})
