import { expect, it } from 'vitest'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import { createAuthenticate } from '../../../relay/people/authenticate.ts'
import { createLogins } from '../../../relay/people/logins.ts'
import type { UserWithRights } from '../../../relay/people/rights.ts'
import { createTokenCipher } from '../../../relay/people/token-cipher.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const BEA = { accountId: '400100', extensionId: '400102', name: 'Bea', homeCountry: 'DE' }
const TOKENS = { accessToken: 'access', accessExpiresAtMs: 0, refreshToken: 'refresh' }

/** Somebody who is signed in at a relay whose disk does `replace`. */
async function open(replace?: () => Promise<boolean>) {
  const clock = createManualClock()
  const records = createMemoryRecords()
  const logins = await createLogins({
    records: replace === undefined ? records : { ...records, replace },
    cipher: createTokenCipher(new Uint8Array(32)),
    time: machineTime(clock),
  })
  const { token, login } = await logins.create(BEA, TOKENS)
  const warned: string[] = []
  const authenticate = createAuthenticate({
    logins,
    rights: { describe: ({ name }) => ({ name }) as UserWithRights },
    logger: { warn: (_: unknown, text: string) => warned.push(text) } as never,
  })
  return { authenticate, clock, logins, token, login, warned }
}

it('nobody waits for the new end of their token to be written', async () => {
  const { authenticate, clock, token } = await open(() => new Promise(() => {}))
  clock.advance(DAY_MS)
  expect(await authenticate(token)).toEqual({ user: { name: 'Bea' }, expiresAtMs: clock.nowMs() + 30 * DAY_MS })
})

it('the new end is kept', async () => {
  const { authenticate, clock, logins, token, login } = await open()
  clock.advance(DAY_MS)
  await authenticate(token)
  await expect.poll(() => logins.findByHash(login.tokenHash)?.expiresAtMs).toBe(clock.nowMs() + 30 * DAY_MS)
})

it('a disk that does not take it turns nobody away', async () => {
  const { authenticate, token, warned } = await open(() => Promise.reject(new Error('no room')))
  expect(await authenticate(token)).toMatchObject({ user: { name: 'Bea' } })
  await expect.poll(() => warned).toEqual(["A login's new end could not be stored"])
})

it('a token that nobody has is nobody’s', async () => {
  const { authenticate } = await open()
  expect(await authenticate('another')).toBeUndefined()
})
