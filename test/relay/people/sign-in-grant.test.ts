import { beforeEach, describe, expect, it } from 'vitest'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { createFailureLimits } from '../../../relay/http/failure-limits.ts'
import { createLocalShared } from '../../../relay/log/local-shared.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import { createGrantedCodes } from '../../../relay/people/granted-codes.ts'
import { createLogins, type Logins } from '../../../relay/people/logins.ts'
import { createPendingSignIns } from '../../../relay/people/pending-sign-in.ts'
import { createRights, type Rights } from '../../../relay/people/rights.ts'
import { createSignIn, type SignIn, type SignInDependencies } from '../../../relay/people/sign-in.ts'
import { createSignInLimits } from '../../../relay/people/sign-in-limits.ts'
import { createTokenCipher } from '../../../relay/people/token-cipher.ts'
import type { RingCentralTokens } from '../../../relay/ringcentral/sign-in.ts'
import type { Person } from '../../../relay/ringcentral/who-is.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { REDIRECT_URI } from '../support/extension-address.ts'
import { challengeOf } from '../support/sign-in-flow.ts'

/** Whom a sign-in is granted to, and that what RingCentral gave for others is given back. */

const BEA: Person = { accountId: '400100', extensionId: '400102', name: 'Bea', isEnabled: true }
const ADDRESS = '203.0.113.7'
const TOKENS: RingCentralTokens = { accessToken: 'a', accessExpiresAtMs: 0, refreshToken: 'r' }

let clock: ManualClock
let logins: Logins
let rights: Rights
let revoked: RingCentralTokens[]
const extensionId = new URL(REDIRECT_URI).hostname.split('.')[0] ?? ''

beforeEach(async () => {
  clock = createManualClock()
  const cipher = createTokenCipher(new Uint8Array(32))
  logins = await createLogins({ records: createMemoryRecords(), cipher, time: machineTime(clock) })
  rights = await createRights({ records: createMemoryRecords(), settings: { supervisors: [] } })
  revoked = []
})

function build(changes: Partial<SignInDependencies> & { whoIs?: () => Promise<Person> }): SignIn {
  const { whoIs = async () => BEA, ...others } = changes
  const shared = createLocalShared(clock)
  return createSignIn({
    client: {
      authorizeUrl: ({ state }) => `https://ringcentral.example/?state=${state}`,
      exchange: async () => TOKENS,
      whoIs,
    },
    logins,
    pending: createPendingSignIns(createTokenCipher(new Uint8Array(32)), clock, shared),
    codes: createGrantedCodes({
      clock,
      shared,
      cipher: createTokenCipher(new Uint8Array(32)),
      revokeTokens: (tokens) => revoked.push(tokens),
    }),
    shared,
    limits: createSignInLimits(shared, createFailureLimits(clock)),
    clock,
    logger: createCollectedLogger().logger,
    settings: { extensionIds: [extensionId], supervisors: [] },
    rights,
    rightsReading: { readFirst: async () => undefined },
    publicUrl: 'https://relay.example',
    accountId: () => '400100',
    endLogin: async () => undefined,
    revokeTokens: (tokens) => revoked.push(tokens),
    ...others,
  })
}

/** What the extension gets to read in the address that the browser is sent back to. */
async function returnFrom(signIn: SignIn): Promise<URLSearchParams> {
  const begun = await signIn.start(
    { redirectUri: REDIRECT_URI, state: 's', codeChallenge: challengeOf('verifier') },
    ADDRESS,
  )
  if (begun === 'tooMany' || 'fault' in begun) throw new Error('should begin')
  const state = new URL(begun.location).searchParams.get('state') ?? ''
  return new URL((await signIn.finish({ state, code: 'c', error: undefined }, ADDRESS)) ?? '').searchParams
}

it.each<[what: string, changes: Parameters<typeof build>[0], error: string, isRevoked: boolean]>([
  ['somebody who is disabled', { whoIs: async () => ({ ...BEA, isEnabled: false }) }, 'account_disabled', true],
  ['somebody of another account', { whoIs: async () => ({ ...BEA, accountId: '500100' }) }, 'wrong_account', true],
  [
    'somebody of whom RingCentral tells nothing',
    { whoIs: () => Promise.reject(new Error('no')) },
    'server_error',
    true,
  ],
  ['anybody before the account is known', { accountId: () => undefined }, 'temporarily_unavailable', false],
])('%s gets no code, and the tokens are given back', async (_what, changes, error, isRevoked) => {
  expect(Object.fromEntries(await returnFrom(build(changes)))).toEqual({ error, state: 's' })
  expect(revoked).toEqual(isRevoked ? [TOKENS] : [])
})

it('a login that can not be stored is none, and the tokens are given back', async () => {
  const full = { ...createMemoryRecords(), put: () => Promise.reject(new Error('no room')) }
  const cipher = createTokenCipher(new Uint8Array(32))
  logins = await createLogins({ records: full, cipher, time: machineTime(clock) })
  const signIn = build({})
  const code = (await returnFrom(signIn)).get('code') ?? ''
  await expect(signIn.redeem(code, 'verifier')).rejects.toThrow('no room')
  expect(logins.all()).toEqual([])
  expect(revoked).toEqual([TOKENS])
})

it.each<[settings: string, supervisors: readonly string[], isTold: boolean]>([
  ['their number', ['101', '102'], true],
  ['their id', ['400102'], false],
  ['both', ['102', '400102'], false],
  ['somebody else', ['400101'], false],
])(
  'the log says whose extension number stands among the supervisors, where they have %s',
  async (_, supervisors, isTold) => {
    const { logger, text } = createCollectedLogger()
    const whoIs = async () => ({ ...BEA, extensionNumber: '102' })
    const signIn = build({ whoIs, logger, settings: { extensionIds: [extensionId], supervisors } })
    expect((await returnFrom(signIn)).get('code')).toBeTruthy()
    expect(text().includes('RELAY_SUPERVISORS')).toBe(isTold)
    expect(text()).not.toMatch(/"102"|Bea/)
  },
)

describe('a code that nobody fetches', () => {
  it('is of no use after a minute, and what RingCentral gave for it is given back', async () => {
    const signIn = build({})
    const code = (await returnFrom(signIn)).get('code') ?? ''
    clock.advance(MINUTE_MS - 1)
    expect(revoked).toEqual([])
    clock.advance(1)
    await eventually(() => expect(revoked).toEqual([TOKENS]))
    expect(await signIn.redeem(code, 'verifier')).toBeUndefined()
  })

  it('is given back when the relay stops, and one that was fetched is not', async () => {
    const signIn = build({})
    const fetched = (await returnFrom(signIn)).get('code') ?? ''
    await returnFrom(signIn)
    expect(await signIn.redeem(fetched, 'verifier')).toBeDefined()
    await signIn.close()
    clock.advance(2 * MINUTE_MS)
    expect(revoked).toEqual([TOKENS])
  })
})
