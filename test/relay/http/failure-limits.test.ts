import { expect, it } from 'vitest'
import { createFailureLimits, MAX_FAILURES, networkOf } from '../../../relay/http/failure-limits.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock } from '../../support/manual-clock.ts'

function setUp() {
  const clock = createManualClock()
  const limits = createFailureLimits(clock)
  const fail = (address: string, times: number) => Array.from({ length: times }, () => limits.count(address))
  return { clock, limits, fail }
}

it('leaves room for twenty failures a minute, minute after minute', () => {
  const { clock, fail } = setUp()
  for (let minute = 0; minute < 30; minute++) {
    expect(fail('203.0.113.1', 20)).not.toContain(true)
    clock.advance(MINUTE_MS)
  }
})

it('finds an address over its limit, and that one only', () => {
  const { limits, fail } = setUp()
  expect(fail('203.0.113.1', MAX_FAILURES)).not.toContain(true)
  expect(fail('203.0.113.1', 1)).toEqual([true])
  expect(limits.isOver('203.0.113.1')).toBe(true)
  expect(limits.isOver('203.0.113.2')).toBe(false)
  expect(limits.total).toBe(MAX_FAILURES + 1)
})

it('forgets a flood within a minute of its end, however long it was', () => {
  const { clock, limits, fail } = setUp()
  fail('203.0.113.1', 50_000)
  clock.advance(MINUTE_MS)
  expect(limits.isOver('203.0.113.1')).toBe(false)
  expect(fail('203.0.113.1', 20)).not.toContain(true)
})

it('lets no address off when the clock is set back', () => {
  const { limits } = setUp()
  let nowMs = 3_600_000
  const jumping = createFailureLimits({ nowMs: () => nowMs })
  for (let count = 0; count <= MAX_FAILURES; count++) jumping.count('203.0.113.1')
  nowMs = 0
  expect(jumping.isOver('203.0.113.1')).toBe(true)
  expect(limits.isOver('203.0.113.1')).toBe(false)
})

it.each<[address: string, network: string]>([
  ['203.0.113.1', '203.0.113.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('takes %s for one of %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
