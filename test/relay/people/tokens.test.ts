import { beforeEach, describe, expect, it } from 'vitest'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { createLocalShared } from '../../../relay/log/local-shared.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Records } from '../../../relay/log/records.ts'
import type { Login } from '../../../relay/people/login.ts'
import { createLogins, type Logins } from '../../../relay/people/logins.ts'
import { createPeoplePenalties } from '../../../relay/people/penalties.ts'
import { createTokenCipher } from '../../../relay/people/token-cipher.ts'
import { createPeopleTokens, type PeopleTokens } from '../../../relay/people/tokens.ts'
import { RingCentralError } from '../../../relay/ringcentral/api.ts'
import type { RingCentralTokens } from '../../../relay/ringcentral/sign-in.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'

const BEA = { accountId: '400100', extensionId: '400102', name: 'Bea' }

let clock: ManualClock
let records: Records
/** Everything in the order it happened. */
let story: string[]
let logins: Logins
let tokens: PeopleTokens
let login: Login
let answer: () => Promise<RingCentralTokens>
let store: () => Promise<void>

const pair = (number: number, lifeMs = HOUR_MS): RingCentralTokens => ({
  accessToken: `access-${number}`,
  accessExpiresAtMs: clock.nowMs() + lifeMs,
  refreshToken: `refresh-${number}`,
})
const refusal = (status: number | undefined, codes: readonly string[] = [], retryAfterMs?: number) =>
  new RingCentralError('refused', { status, codes, retryAfterMs })

beforeEach(async () => {
  clock = createManualClock()
  story = []
  store = async () => undefined
  const memory = createMemoryRecords()
  records = {
    ...memory,
    async replace(key, before, value) {
      await store()
      const isReplaced = await memory.replace(key, before, value)
      story.push('stored')
      return isReplaced
    },
  }
  const cipher = createTokenCipher(new Uint8Array(32))
  logins = await createLogins({ records, cipher, time: machineTime(clock) })
  login = (await logins.create(BEA, pair(1))).login
  story = []
  answer = async () => pair(2)
  tokens = createPeopleTokens({
    logins,
    shared: createLocalShared(clock),
    client: {
      async refresh(refreshToken) {
        story.push(`refresh with ${refreshToken}`)
        return answer()
      },
    },
    penalties: createPeoplePenalties(clock),
    async signOut({ tokenHash }) {
      story.push('signed out')
      await logins.remove(tokenHash)
    },
    revokeTokens: ({ accessToken }) => story.push(`revoke ${accessToken}`),
    clock,
    logger: createCollectedLogger().logger,
  })
})

const ready = async () => (await tokens.ready(login.tokenHash))?.accessToken

describe('ahead of their end', () => {
  it('tokens that live on are used as they are', async () => {
    clock.advance(HOUR_MS - MINUTE_MS - 1)
    expect(await ready()).toBe('access-1')
    expect(story).toEqual([])
  })

  it('tokens are renewed, once for all who wait, and stored before they are used', async () => {
    clock.advance(HOUR_MS - MINUTE_MS)
    const use = async () => {
      const accessToken = await ready()
      story.push(`used ${accessToken}`)
    }
    await Promise.all([use(), use(), use()])
    expect(story).toEqual(['refresh with refresh-1', 'stored', 'used access-2', 'used access-2', 'used access-2'])
  })

  it('a new pair that is not stored yet is not given to who comes later', async () => {
    clock.advance(HOUR_MS)
    const { promise: stored, resolve: finish } = Promise.withResolvers<void>()
    store = () => stored
    const first = ready()
    await new Promise((resolve) => setImmediate(resolve))
    const second = ready()
    expect(await Promise.race([second, Promise.resolve('still waiting')])).toBe('still waiting')
    finish()
    expect(await Promise.all([first, second])).toEqual(['access-2', 'access-2'])
  })

  it('a new pair that the disk did not take is stored at the next request, without another refresh', async () => {
    clock.advance(HOUR_MS)
    store = () => Promise.reject(new Error('no room'))
    await expect(ready()).rejects.toThrow('no room')
    store = async () => undefined
    expect(await ready()).toBe('access-2')
    expect(story).toEqual(['refresh with refresh-1', 'stored'])
  })
})

describe('tokens that RingCentral does not take any more', () => {
  const old = () => login.tokens ?? pair(0)

  it('are renewed, unless somebody has done that meanwhile', async () => {
    expect((await tokens.renew(login.tokenHash, old()))?.accessToken).toBe('access-2')
    expect((await tokens.renew(login.tokenHash, old()))?.accessToken).toBe('access-2')
    expect(story).toEqual(['refresh with refresh-1', 'stored'])
  })

  it('end with a sign-out during the refresh, and so do the new ones', async () => {
    answer = async () => {
      await logins.remove(login.tokenHash)
      return pair(2)
    }
    expect(await tokens.renew(login.tokenHash, old())).toBeUndefined()
    expect(story).toEqual(['refresh with refresh-1', 'revoke access-2'])
  })
})

describe('a refresh that fails', () => {
  beforeEach(() => clock.advance(HOUR_MS))

  it.each<[what: string, status: number, codes: readonly string[]]>([
    ['a spent token', 400, ['invalid_grant', 'OAU-213']],
    ['a code of the login that is not listed', 400, ['OAU-999']],
    ['a locked account', 403, ['OAU-142']],
    ['an ended login', 401, ['invalid_grant']],
  ])('because of %s ends the login', async (_what, status, codes) => {
    answer = () => Promise.reject(refusal(status, codes))
    expect(await ready()).toBeUndefined()
    expect(story).toEqual(['refresh with refresh-1', 'signed out'])
  })

  it.each<[what: string, status: number | undefined, codes: readonly string[]]>([
    ['the app’s secret was changed', 401, ['invalid_client', 'OAU-146']],
    ['the app may not refresh', 403, ['unauthorized_client', 'OAU-112']],
    ['something in between answers 400', 400, []],
    ['something in between answers 401', 401, []],
    ['something in between answers 403', 403, []],
    ['something in between answers in JSON', 403, ['forbidden']],
    ['RingCentral fails', 503, []],
    ['RingCentral fails, whatever it says', 503, ['invalid_grant']],
    ['nobody answers', undefined, []],
  ])('because %s signs nobody out', async (_what, status, codes) => {
    answer = () => Promise.reject(refusal(status, codes))
    await expect(ready()).rejects.toMatchObject({ status })
    expect(story).toEqual(['refresh with refresh-1'])
    answer = async () => pair(2)
    expect(await ready()).toBe('access-2')
  })

  it('because of too many is not tried again before its time', async () => {
    answer = () => Promise.reject(refusal(429, [], 60 * SECOND_MS))
    await expect(ready()).rejects.toMatchObject({ status: 429 })
    answer = async () => pair(2)
    clock.advance(59 * SECOND_MS)
    await expect(ready()).rejects.toMatchObject({ status: 429, retryAfterMs: SECOND_MS })
    clock.advance(SECOND_MS)
    expect(await ready()).toBe('access-2')
    expect(story.filter((step) => step.startsWith('refresh'))).toHaveLength(2)
  })
})

it('nobody without a refresh token is signed out for it: they are to sign in again when they want to act', async () => {
  const { refreshToken: _, ...accessOnly } = pair(1)
  await logins.change(login.tokenHash, { tokens: accessOnly })
  expect(await ready()).toBe('access-1')
  clock.advance(HOUR_MS)
  expect(await ready()).toBeUndefined()
  expect(logins.findByHash(login.tokenHash)).toBeDefined()
})

it('can be waited for', async () => {
  clock.advance(HOUR_MS)
  const asked = ready()
  await tokens.settled()
  expect(story).toEqual(['refresh with refresh-1', 'stored'])
  await asked
})
