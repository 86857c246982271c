import { afterEach, expect, it, vi } from 'vitest'
import { dateFormat, numberFormat } from '../../../../entrypoints/lib/wording/formatters.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

it('makes each once, and another for another language or another form', () => {
  expect(dateFormat('en-US', { timeStyle: 'short' })).toBe(dateFormat('en-US', { timeStyle: 'short' }))
  expect(dateFormat('de', { timeStyle: 'short' })).not.toBe(dateFormat('en-US', { timeStyle: 'short' }))
  expect(dateFormat('de', { dateStyle: 'short' })).not.toBe(dateFormat('de', { timeStyle: 'short' }))
  expect(numberFormat('de', { style: 'percent' })).toBe(numberFormat('de', { style: 'percent' }))
  expect(numberFormat('de', { style: 'percent' }).format(0.5)).toBe('50\u00a0%')
})

it('follows somebody who travels', () => {
  const before = dateFormat('en-US', { timeStyle: 'short' })
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(333)
  expect(dateFormat('en-US', { timeStyle: 'short' })).not.toBe(before)
})
