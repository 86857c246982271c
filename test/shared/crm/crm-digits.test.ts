import { expect, it } from 'vitest'
import { isSpokenAs, speakNumber } from '../../../shared/crm/crm-digits.ts'

const ADA = '+14085550123'

function isAda(written: string | undefined): boolean {
  const number = speakNumber(ADA)
  return number !== undefined && isSpokenAs(number, written)
}

it.each([
  '+14085550123',
  '(408) 555-0123',
  '408.555.0123',
  '1 408 555 0123',
  '001 408 555 0123',
  '+1 (408) 555‑0123 ext. 12',
  'tel:+1-408-555-0123',
  '４０８５５５０１２３',
  'Cell: 408-555-0123',
  '(408) 555-0123 cell',
  '408-555-0123 (ask for Ada, from 9)',
  '408-555-0123 ext.',
  '408-555-0123 ext 12 or 13',
  '408-555-0124 / 408-555-0123',
  '408-555-0124 or 408-555-0123',
  '4085550124,4085550123',
  '408-555-0124 - 408-555-0123',
  'https://wa.me/14085550123',
  'جوال٤٠٨٥٥٥٠١٢٣',
])('%s is the same number', (written) => expect(isAda(written)).toBe(true))

it.each([
  '0123',
  '555-0123',
  '14085550124',
  '+44 408 5550123',
  '140855501234',
  '',
  undefined,
  'Ada',
  '102',
  'Cell: 408-555-0124',
  'Order 94085550123',
  '408-555-0124 x 0123',
  '408/555-0124',
])('%s is another, or none', (written) => expect(isAda(written)).toBe(false))

it.each([
  ['030 23125012/13', true],
  ['+49 30 23125012 / 102', true],
  ['030/23125012 - 13', false],
  ['030/23125012', true],
  ['Tel. 030/23125012', true],
  ['23125012', false],
])('%s is a number in Berlin: %s', (written, is) => {
  const number = speakNumber('+493023125012')
  expect(number !== undefined && isSpokenAs(number, written)).toBe(is)
})

it.each(['102', '0102', '*801', '911', 'anonymous', '+266696687', '', undefined])(
  '%s is no customer’s number',
  (raw) => {
    expect(speakNumber(raw)).toBeUndefined()
  },
)

it('is known by its digits and its usual spellings', () => {
  expect(speakNumber('+1 408 555 0123 x 9')).toEqual({
    e164: ADA,
    digits: '14085550123',
    national: '4085550123',
    local: '5550123',
    spellings: [ADA, '+1 408 555 0123', '(408) 555-0123', '14085550123', '4085550123'],
    country: 'US',
  })
})
