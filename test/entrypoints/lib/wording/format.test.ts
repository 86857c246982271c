import { describe, expect, it } from 'vitest'
import { readRelayAddresses } from '../../../../entrypoints/background/sign-in/relay-address.ts'
import { parseWebAddress } from '../../../../entrypoints/lib/settings/web-address.ts'
import { formatClock, formatExact, formatShare, nameUnit } from '../../../../entrypoints/lib/wording/format.ts'

describe('durations', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [7345, '0:07'],
    [59_999, '0:59'],
    [60_000, '1:00'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
  ])('%i ms reads %s: cut off, never rounded up', (ms, text) => {
    expect(formatClock(ms)).toBe(text)
  })

  it.each([
    [7345, 'en-US', '7.345 s'],
    [12_414, 'de', '12,414 s'],
    [0, 'en-US', '0.000 s'],
    [3_600_000, 'en-US', '3600.000 s'],
  ])('%i ms is %s %s as evidence', (ms, language, text) => {
    expect(formatExact(ms, language)).toBe(text)
  })
})

describe('addresses', () => {
  it.each([
    ['relay.example.com', 'https://relay.example.com'],
    [' https://relay.example.com/some/path ', 'https://relay.example.com'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://localhost:8787/', 'http://localhost:8787'],
    ['http://relay.example.com', undefined],
    ['https://user:secret@relay.example.com', undefined],
    ['ftp://relay.example.com', undefined],
    ['not an address', undefined],
    ['', undefined],
  ])('"%s" as a relay is %s', (text, origin) => {
    expect(readRelayAddresses(text)[0]).toBe(origin)
  })

  it('of a site may be plain http, with or without a scheme', () => {
    expect(parseWebAddress('crm.example.com/contacts')?.host).toBe('crm.example.com')
    expect(parseWebAddress('http://intranet:8080')?.protocol).toBe('http:')
    expect(parseWebAddress('a%20b')).toBeUndefined()
  })
})

it('says a share in hundredths, as the reader writes them', () => {
  expect(formatShare(0.4, 'en')).toBe('40%')
  expect(formatShare(0.4, 'de')).toBe('40\u00a0%')
})

it('names a unit as so many of it are called', () => {
  expect(nameUnit('second', 1, 'en')).toBe('second')
  expect(nameUnit('second', 60, 'en')).toBe('seconds')
  expect(nameUnit('day', 365, 'de')).toBe('Tage')
})
