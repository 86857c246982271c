import { beforeEach, expect, it } from 'vitest'
import { createFailureLimits, type FailureLimits } from '../../../relay/http/failure-limits.ts'
import { createLocalShared } from '../../../relay/log/local-shared.ts'
import {
  createSignInLimits,
  MAX_FAILED,
  MAX_FAILED_IN_ALL,
  MAX_STARTS,
  MAX_STARTS_IN_ALL,
  type SignInLimits,
} from '../../../relay/people/sign-in-limits.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'

const OFFICE = '203.0.113.7'
const STRANGER = '203.0.113.99'

let clock: ManualClock
let failures: FailureLimits
let limits: SignInLimits
beforeEach(() => {
  clock = createManualClock()
  failures = createFailureLimits(clock)
  limits = createSignInLimits(createLocalShared(clock), failures)
})

async function begin(address: string, times: number): Promise<number> {
  let begun = 0
  for (let time = 0; time < times; time++) if (await limits.begin(address)) begun += 1
  return begun
}
async function fail(address: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await limits.noteFailed(address)
}
const other = (number: number) => `198.51.${Math.floor(number / 250)}.${number % 250}`

it('lets so many begin from one address within a minute, and others all the same', async () => {
  expect(await begin(STRANGER, 10_000)).toBe(MAX_STARTS)
  expect(await begin(OFFICE, 1)).toBe(1)
  clock.advance(MINUTE_MS)
  expect(await begin(STRANGER, 1)).toBe(1)
})

it('lets so many begin in all', async () => {
  let begun = 0
  for (let number = 0; number < 100; number++) begun += await begin(other(number), 100)
  expect(begun).toBe(MAX_STARTS_IN_ALL)
})

it('takes all of a network of IPv6 for one', async () => {
  for (let number = 1; number <= MAX_FAILED; number++) await limits.noteFailed(`2001:db8:1:2::${number}`)
  expect(await limits.mayExchange('2001:db8:1:2::ffff')).toBe(false)
  expect(await limits.mayExchange('2001:db8:1:3::1')).toBe(true)
})

it('asks no more about codes from where some have failed, for a minute, and counts them as failures', async () => {
  await fail(STRANGER, MAX_FAILED)
  expect(await limits.mayExchange(STRANGER)).toBe(false)
  expect(failures.total).toBe(MAX_FAILED + 1)
  expect(await limits.mayExchange(OFFICE)).toBe(true)
  clock.advance(MINUTE_MS)
  expect(await limits.mayExchange(STRANGER)).toBe(true)
})

it('asks about fewer wrong codes in all than RingCentral takes, but for those who are known', async () => {
  limits.noteKnown(OFFICE)
  for (let number = 0; number < MAX_FAILED_IN_ALL; number++) await fail(other(number), 1)
  expect(await limits.mayExchange(STRANGER)).toBe(false)
  expect(await limits.mayExchange(OFFICE)).toBe(true)
  await fail(OFFICE, MAX_FAILED)
  expect(await limits.mayExchange(OFFICE)).toBe(false)
})

it('is not misled by a clock that is set', async () => {
  await fail(STRANGER, MAX_FAILED)
  clock.jump(-10 * MINUTE_MS)
  expect(await limits.mayExchange(STRANGER)).toBe(false)
  clock.advance(MINUTE_MS)
  expect(await limits.mayExchange(STRANGER)).toBe(true)
})
