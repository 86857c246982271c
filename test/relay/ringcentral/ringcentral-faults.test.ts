import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  adviseDisabledFilters,
  advisePermission,
  backoffMs,
  isLoginRefusal,
  judgeError,
} from '../../../relay/ringcentral/ringcentral-faults.ts'
import { SECOND_MS } from '../../../shared/time.ts'

/** What follows from RingCentral's refusals, where no other test goes through them all. */

const facts = (status: number | undefined, ...codes: string[]) => ({
  status,
  codes,
  retryAfterMs: undefined,
  permission: undefined,
  isLoginRefused: false,
})

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

describe('a refused login', () => {
  it.each([
    ['OAU-112', 403, 'allow the JWT auth flow'],
    ['unauthorized_client', 403, 'allow the JWT auth flow'],
    ['OAU-140', 400, 'create a new JWT credential'],
    ['invalid_grant', 400, 'create a new JWT credential'],
    ['OAU-146', 401, 'RINGCENTRAL_CLIENT_SECRET should be those of the app'],
    ['invalid_client', 401, 'RINGCENTRAL_CLIENT_SECRET should be those of the app'],
    ['OAU-125', 400, 'check RINGCENTRAL_CLIENT_ID'],
    ['OAU-141', 400, 'check RINGCENTRAL_CLIENT_ID'],
    ['OAU-142', 400, 'check RINGCENTRAL_CLIENT_ID'],
    ['OAU-147', 400, 'check RINGCENTRAL_CLIENT_ID'],
    ['of another kind', 404, 'check RINGCENTRAL_CLIENT_ID'],
  ])('%s says what to change', (code, status, says) => {
    const judgement = judgeError({ ...facts(status, code), isLoginRefused: true })
    expect(judgement).toMatchObject({ kind: 'refused', advice: expect.stringContaining(says) })
  })

  it.each<[status: number | undefined, isRefusal: boolean]>([
    [undefined, false],
    [400, true],
    [401, true],
    [403, true],
    [404, true],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])('%s: for good %s', (status, isRefusal) => {
    expect(isLoginRefusal({ status })).toBe(isRefusal)
  })
})

it.each(['OAU-128', 'OAU-129', 'OAU-149', 'AGW-401', 'AGW-402', 'CMN-405'])(
  '%s, when a new login did not help, is tried again later',
  (code) => {
    expect(judgeError(facts(401, code))).toEqual({ kind: 'retry', afterMs: undefined })
  },
)

it.each(['CMN-301', 'CMN-302', 'CMN-303', 'CMN-304', 'CMN-310'])('%s waits', (code) => {
  expect(judgeError(facts(429, code))).toEqual({ kind: 'retry', afterMs: 60 * SECOND_MS })
})

describe('a missing permission', () => {
  it('is named, with who lacks it', () => {
    expect(advisePermission({ codes: ['CMN-401'], permission: 'SubscriptionWebhook' })).toBe(
      'A permission is missing: add SubscriptionWebhook to the app in the RingCentral console.',
    )
    expect(advisePermission({ codes: ['CMN-408'], permission: 'CallControl' })).toContain(
      'give the user of RINGCENTRAL_JWT a role in the RingCentral console that includes CallControl',
    )
  })

  it('that RingCentral does not name is one of four', () => {
    expect(advisePermission({ codes: ['CMN-401'], permission: undefined })).toContain(
      'add CallControl, SubscriptionWebhook, ReadAccounts and ReadPresence',
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
