import { beforeEach, describe, expect, it } from 'vitest'
import { checkPeople, type PeopleCheckDependencies } from '../../relay/people-check.ts'
import { createMemoryRecords } from '../../relay/records.memory.ts'
import { type ApiRequest, RingCentralError } from '../../relay/ringcentral.ts'
import type { RingCentralTokens, SignInClient } from '../../relay/ringcentral-sign-in.ts'
import { createSessions, type Sessions } from '../../relay/sessions.ts'
import { createTokenCipher } from '../../relay/token-cipher.ts'
import type { Person } from '../../relay/who-is.ts'
import { DAY_MS } from '../../shared/time.ts'
import { createCollectedLogger } from './support/collected-logger.ts'
import { createManualClock, type ManualClock } from './support/manual-clock.ts'

const BEA = { accountId: '400100', extensionId: '400102', name: 'Bea' }
const FIRST: RingCentralTokens = { accessToken: 'a1', accessExpiresAtMs: 0, refreshToken: 'r1' }
const SECOND: RingCentralTokens = { accessToken: 'a2', accessExpiresAtMs: 0, refreshToken: 'r2' }

let clock: ManualClock
let sessions: Sessions
let revoked: string[]
let token: string
let refresh: () => Promise<RingCentralTokens>
let person: Person
let colleague: () => Promise<unknown>

beforeEach(async () => {
  clock = createManualClock()
  sessions = await createSessions({
    records: createMemoryRecords(),
    cipher: createTokenCipher(new Uint8Array(32)),
    clock,
  })
  revoked = []
  token = (await sessions.create(BEA, FIRST)).token
  refresh = async () => SECOND
  person = { ...BEA, isEnabled: true }
  colleague = async () => ({ id: 400102, account: { id: 400100 }, name: 'Bea', status: 'Enabled' })
})

const refusal = (status: number | undefined) =>
  new RingCentralError('refused', { status, codes: [], retryAfterMs: undefined })

function check(): Promise<void> {
  const client: Pick<SignInClient, 'refresh' | 'whoIs'> = { refresh: () => refresh(), whoIs: async () => person }
  const dependencies: PeopleCheckDependencies = {
    sessions,
    client: { ...unused, ...client },
    service: { send: (_request: ApiRequest) => colleague() },
    clock,
    logger: createCollectedLogger().logger,
    accountId: () => '400100',
    onRevoked: (tokenHash) => revoked.push(tokenHash),
  }
  return checkPeople(dependencies)
}

const unused: Omit<SignInClient, 'refresh' | 'whoIs'> = {
  authorizeUrl: () => '',
  exchange: () => Promise.reject(refusal(400)),
  revoke: async () => undefined,
}

describe('after a day', () => {
  it('somebody who is the same stays, with fresh tokens and the name of now', async () => {
    clock.advance(DAY_MS)
    person = { ...person, name: 'Bea Lindqvist' }
    await check()
    expect(sessions.find(token)).toMatchObject({
      name: 'Bea Lindqvist',
      checkedAtMs: clock.nowMs(),
      tokens: SECOND,
    })
    expect(revoked).toEqual([])
  })

  it.each<[what: string, change: Partial<Person>]>([
    ['disabled', { isEnabled: false }],
    ['in another account', { accountId: '500100' }],
    ['another person', { extensionId: '400104' }],
  ])('somebody who is %s is signed out', async (_what, change) => {
    clock.advance(DAY_MS)
    person = { ...person, ...change }
    await check()
    expect(sessions.find(token)).toBeUndefined()
    expect(revoked).toHaveLength(1)
  })

  it.each<[what: string, ask: () => Promise<unknown>, stays: boolean]>([
    ['is still there', async () => ({ id: 400102, account: { id: 400100 }, status: 'Enabled' }), true],
    ['is disabled', async () => ({ id: 400102, account: { id: 400100 }, status: 'Disabled' }), false],
    ['is gone', () => Promise.reject(refusal(404)), false],
    ['can not be asked about', () => Promise.reject(refusal(503)), true],
  ])('when the refresh is refused and the person %s', async (_what, ask, stays) => {
    clock.advance(DAY_MS)
    refresh = () => Promise.reject(refusal(400))
    colleague = ask
    await check()
    expect(sessions.find(token) !== undefined).toBe(stays)
    expect(revoked).toHaveLength(stays ? 0 : 1)
  })

  it('when RingCentral does not answer, everything stays as it was', async () => {
    clock.advance(DAY_MS)
    refresh = () => Promise.reject(refusal(undefined))
    await check()
    expect(sessions.find(token)).toMatchObject({ tokens: FIRST })
  })
})

it('before a day is over nobody is asked about', async () => {
  clock.advance(DAY_MS - 1)
  refresh = () => Promise.reject(new Error('should not be asked'))
  person = { ...person, isEnabled: false }
  await check()
  expect(sessions.find(token)).toMatchObject({ tokens: FIRST })
})

it('a session whose token has expired is forgotten', async () => {
  clock.advance(30 * DAY_MS)
  await check()
  expect(sessions.all()).toEqual([])
})
