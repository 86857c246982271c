import { expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { planYear, tellCalls } from './year.ts'

const options = { calls: 300, seed: 5, fromMs: Date.UTC(2026, 0, 5), days: 90, extensionId: '400102' }

it('is the same for the same seed, another for another, and has as many calls as asked for', () => {
  const plans = planYear(options)
  expect(plans).toHaveLength(300)
  expect(planYear(options)).toEqual(plans)
  expect(planYear({ ...options, seed: 6 })).not.toEqual(plans)
  expect(new Set(plans.map(({ telephonySessionId }) => telephonySessionId)).size).toBe(300)
})

it('is of the agent, on workdays, in order, with every event its own uuid', () => {
  const plans = planYear(options)
  for (const plan of plans) {
    expect(plan.parties.some(({ extensionId }) => extensionId === '400102')).toBe(true)
    expect([0, 6]).not.toContain(new Date(plan.startsAtMs).getUTCDay())
    expect(plan.startsAtMs - options.fromMs).toBeLessThan(91 * DAY_MS)
  }
  const starts = plans.map(({ startsAtMs }) => startsAtMs)
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  const uuids = tellCalls(plans).map((envelope) => (envelope as { uuid: string }).uuid)
  expect(new Set(uuids).size).toBe(uuids.length)
})
