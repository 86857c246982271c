import { beforeEach, describe, expect, it } from 'vitest'
import { type ConfirmedTime, createConfirmedTime } from '../../../relay/confirmed-time.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import { checkPeople, type PeopleCheckDependencies, startPeopleCheck } from '../../../relay/people/check.ts'
import { createLogins, type Logins } from '../../../relay/people/logins.ts'
import { createTokenCipher } from '../../../relay/people/token-cipher.ts'
import { type ApiRequest, RingCentralError } from '../../../relay/ringcentral/api.ts'
import type { RingCentralTokens } from '../../../relay/ringcentral/sign-in.ts'
import type { Person } from '../../../relay/ringcentral/who-is.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { settle } from '../support/subscriber-bench.ts'

const BEA = { accountId: '400100', extensionId: '400102', name: 'Bea' }
const FIRST: RingCentralTokens = { accessToken: 'a1', accessExpiresAtMs: 0, refreshToken: 'r1' }
const SECOND: RingCentralTokens = { accessToken: 'a2', accessExpiresAtMs: 0, refreshToken: 'r2' }

let clock: ManualClock
let time: ConfirmedTime
let logger: ReturnType<typeof createCollectedLogger>
let takeRequest: () => number
let logins: Logins
let signedOut: string[]
let token: string
let renew: () => Promise<RingCentralTokens | undefined>
let person: Person
let colleague: () => Promise<unknown>

beforeEach(async () => {
  clock = createManualClock()
  time = createConfirmedTime(clock)
  time.confirm(clock.nowMs())
  logger = createCollectedLogger()
  takeRequest = () => 0
  logins = await createLogins({
    records: createMemoryRecords(),
    cipher: createTokenCipher(new Uint8Array(32)),
    time,
  })
  signedOut = []
  token = (await logins.create(BEA, FIRST)).token
  renew = async () => SECOND
  person = { ...BEA, isEnabled: true }
  colleague = async () => ({ id: 400102, account: { id: 400100 }, name: 'Bea', status: 'Enabled' })
})

const refusal = (status: number | undefined, ...codes: readonly string[]) =>
  new RingCentralError('refused', { status, codes, retryAfterMs: undefined })

const check = () => checkPeople(dependencies(), new AbortController().signal)

function dependencies(): PeopleCheckDependencies {
  return {
    logins,
    tokens: { ready: renew, renew, settled: async () => undefined },
    client: { whoIs: async () => person },
    service: { send: (_request: ApiRequest) => colleague() },
    takeRequest: () => takeRequest(),
    clock,
    time,
    logger: logger.logger,
    accountId: () => '400100',
    async signOut({ tokenHash }) {
      signedOut.push(tokenHash)
      await logins.remove(tokenHash)
    },
  }
}

describe('after a day', () => {
  it('somebody who is the same stays, with the name and the home country of now', async () => {
    clock.advance(DAY_MS)
    person = { ...person, name: 'Bea Lindqvist', homeCountry: 'AT' }
    await check()
    const now = { name: 'Bea Lindqvist', homeCountry: 'AT', checkedAtMs: clock.nowMs() }
    expect(await logins.find(token)).toMatchObject(now)
    expect(signedOut).toEqual([])
  })

  it.each<[what: string, change: Partial<Person>]>([
    ['disabled', { isEnabled: false }],
    ['in another account', { accountId: '500100' }],
    ['another person', { extensionId: '400104' }],
  ])('somebody who is %s is signed out', async (_what, change) => {
    clock.advance(DAY_MS)
    person = { ...person, ...change }
    await check()
    expect(await logins.find(token)).toBeUndefined()
    expect(signedOut).toHaveLength(1)
  })

  it.each<[what: string, ask: () => Promise<unknown>, stays: boolean]>([
    ['is still there', async () => ({ id: 400102, account: { id: 400100 }, status: 'Enabled' }), true],
    ['is disabled', async () => ({ id: 400102, account: { id: 400100 }, status: 'Disabled' }), false],
    ['is gone', () => Promise.reject(refusal(404, 'CMN-102')), false],
    ['is gone by the word of something in between', () => Promise.reject(refusal(404)), true],
    ['can not be asked about', () => Promise.reject(refusal(503)), true],
  ])('when there are no tokens to ask with and the person %s', async (_what, ask, stays) => {
    clock.advance(DAY_MS)
    renew = async () => undefined
    colleague = ask
    await check()
    expect((await logins.find(token)) !== undefined).toBe(stays)
    expect(signedOut).toHaveLength(stays ? 0 : 1)
  })

  it('when RingCentral does not answer, everything stays as it was', async () => {
    clock.advance(DAY_MS)
    renew = () => Promise.reject(refusal(undefined))
    await check()
    expect(await logins.find(token)).toMatchObject({ tokens: FIRST })
  })
})

it('somebody who was signed out on the way is not asked about', async () => {
  clock.advance(DAY_MS)
  const hash = (await logins.find(token))?.tokenHash ?? ''
  renew = async () => {
    await logins.remove(hash)
    return undefined
  }
  colleague = () => Promise.reject(new Error('should not be asked'))
  await check()
  expect(logins.all()).toEqual([])
  expect(signedOut).toEqual([])
})

it('what the disk did not let go of is removed again', async () => {
  let finished = 0
  logins = {
    ...logins,
    async finishRemovals() {
      finished += 1
    },
  }
  await check()
  expect(finished).toBe(1)
})

it('before a day is over nobody is asked about', async () => {
  clock.advance(DAY_MS - 1)
  renew = () => Promise.reject(new Error('should not be asked'))
  person = { ...person, isEnabled: false }
  await check()
  expect(await logins.find(token)).toMatchObject({ tokens: FIRST })
})

it('a login whose token has expired is forgotten', async () => {
  clock.advance(30 * DAY_MS)
  await check()
  expect(logins.all()).toEqual([])
})

it('a clock that is thirty-one days ahead for an hour signs nobody out, and puts no check off', async () => {
  clock.jump(31 * DAY_MS)
  await check()
  expect(await logins.find(token)).toBeDefined()
  clock.advance(HOUR_MS)
  await check()
  clock.jump(-31 * DAY_MS)
  expect(await logins.find(token)).toMatchObject({ checkedAtMs: clock.nowMs() })
  clock.advance(DAY_MS)
  await check()
  expect(await logins.find(token)).toMatchObject({ checkedAtMs: clock.nowMs() })
})

describe('for people whose tokens can’t be renewed', () => {
  beforeEach(async () => {
    renew = async () => undefined
    for (let number = 0; number < 4; number += 1) await logins.create(BEA, FIRST)
    clock.advance(DAY_MS)
  })

  const passMinutes = async (minutes: number) => {
    for (let passed = 0; passed < minutes; passed += 1) {
      clock.advance(MINUTE_MS)
      await settle()
    }
  }

  it('waits for the budget, one request at a time', async () => {
    let asked = 0
    let left = 2
    takeRequest = () => (left-- > 0 ? 0 : MINUTE_MS)
    colleague = async () => {
      asked += 1
      return { id: 400102, account: { id: 400100 }, status: 'Enabled' }
    }
    const checked = check()
    await settle()
    expect(asked).toBe(2)
    left = 3
    await passMinutes(1)
    await checked
    expect(asked).toBe(5)
  })

  it('sends nothing while RingCentral limits requests, and says it in one line', async () => {
    let asked = 0
    colleague = () => {
      asked += 1
      return Promise.reject(new RingCentralError('limited', { status: 429, codes: [], retryAfterMs: 10 * MINUTE_MS }))
    }
    const checked = check()
    await passMinutes(9)
    expect(asked).toBe(1)
    await passMinutes(50)
    await checked
    expect(asked).toBe(5)
    expect(logger.text().trim().split('\n')).toHaveLength(1)
    expect(logger.text()).toContain('"logins":5')
  })

  it('is one round at a time, and ends with the relay', async () => {
    let asked = 0
    colleague = () => {
      asked += 1
      return Promise.reject(refusal(503))
    }
    const takes = { count: 0 }
    takeRequest = () => {
      takes.count += 1
      return 3 * HOUR_MS
    }
    const stop = startPeopleCheck(dependencies())
    await passMinutes(170)
    expect(takes.count).toBe(1)
    stop()
    await passMinutes(600)
    expect([takes.count, asked]).toEqual([1, 0])
    expect(logger.text()).toBe('')
  })
})
