import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adviseDisabledFilters, backoffMs } from '../../../relay/ringcentral/faults.ts'
import { SECOND_MS } from '../../../shared/time.ts'

describe('the back-off', () => {
  it('doubles from two seconds to a minute', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, undefined, () => 1))
    expect(delays.map((ms) => ms / SECOND_MS)).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('is spread over the second half, and never shorter than RingCentral asks', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.option(fc.nat(10 * 60 * SECOND_MS), { nil: undefined }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, afterMs, random) => {
          const delayMs = backoffMs(attempt, afterMs, () => random)
          const longestMs = backoffMs(attempt, undefined, () => 1)
          expect(delayMs).toBeGreaterThanOrEqual(Math.max(longestMs / 2, afterMs ?? 0))
          expect(delayMs).toBeLessThanOrEqual(Math.max(longestMs, afterMs ?? 0))
        },
      ),
    )
  })
})

it.each([
  ['CMN-401', 'add the permission CallControl to the app.'],
  ['CMN-408', 'let the user of RINGCENTRAL_JWT see all extensions and control their calls.'],
  [undefined, 'add the permission CallControl to the app, and let the user'],
])('disabled filters because of %s', (reason, says) => {
  expect(adviseDisabledFilters([{ filter: '/restapi/v1.0/account/1/telephony/sessions', reason }])).toContain(says)
})
