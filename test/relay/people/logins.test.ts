import { beforeEach, expect, it } from 'vitest'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Records } from '../../../relay/log/records.ts'
import { createLogins, type Logins, lastSeenAtMs } from '../../../relay/people/logins.ts'
import { createTokenCipher } from '../../../relay/people/token-cipher.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'

const BEA = { accountId: '400100', extensionId: '400102', name: 'Bea', homeCountry: 'DE' }
const TOKENS = { accessToken: 'access', accessExpiresAtMs: 0, refreshToken: 'refresh' }

let clock: ManualClock
let records: Records
beforeEach(() => {
  clock = createManualClock()
  records = createMemoryRecords()
})

const open = (key = 1): Promise<Logins> =>
  createLogins({ records, cipher: createTokenCipher(new Uint8Array(32).fill(key)), time: machineTime(clock) })

it('lives 30 days from the last hello', async () => {
  const logins = await open()
  const { token, login } = await logins.create(BEA, TOKENS)
  clock.advance(30 * DAY_MS - 1)
  const expiresAtMs = clock.nowMs() + 30 * DAY_MS
  const extended = logins.extend(login)
  expect(extended.expiresAtMs).toBe(expiresAtMs)
  expect(await extended.kept).toMatchObject({ ...BEA, expiresAtMs })
  clock.advance(30 * DAY_MS - 1)
  expect(await logins.find(token)).toMatchObject(BEA)
  clock.advance(1)
  expect(await logins.find(token)).toBeUndefined()
})

it('is there after a restart, its tokens with it', async () => {
  const { token } = await (await open()).create(BEA, TOKENS)
  expect(await (await open()).find(token)).toMatchObject({ ...BEA, tokens: TOKENS })
})

it('of before home countries were kept is as valid as before', async () => {
  const { token } = await (await open()).create(BEA, TOKENS)
  const [text = ''] = await records.list('session/')
  const { homeCountry: _, ...before } = JSON.parse(text)
  await records.put(`session/${before.tokenHash}`, JSON.stringify(before))
  const login = await (await open()).find(token)
  expect(login).toMatchObject({ name: 'Bea', tokens: TOKENS })
  expect(login?.homeCountry).toBeUndefined()
})

it('outlives a change of the key without its tokens', async () => {
  const { token } = await (await open(1)).create(BEA, TOKENS)
  expect(await (await open(2)).find(token)).toMatchObject({ ...BEA, tokens: undefined })
})

it('is stored without any token in clear', async () => {
  const { token } = await (await open()).create(BEA, TOKENS)
  const text = (await records.list('')).join()
  for (const secret of [token, TOKENS.accessToken, TOKENS.refreshToken]) expect(text).not.toContain(secret)
})

it('stays removed when it is extended at the same time', async () => {
  const logins = await open()
  const { token, login } = await logins.create(BEA, TOKENS)
  const [extended] = await Promise.all([logins.extend(login).kept, logins.remove(login.tokenHash)])
  expect(extended).toBeUndefined()
  expect(await logins.find(token)).toBeUndefined()
  expect(await (await open()).find(token)).toBeUndefined()
})

it('that the disk did not let go is removed from it later', async () => {
  const { remove } = records
  records.remove = () => Promise.reject(new Error('no room'))
  const logins = await open()
  const { token, login } = await logins.create(BEA, TOKENS)
  await expect(logins.remove(login.tokenHash)).rejects.toThrow('no room')
  expect(await logins.find(token)).toBeUndefined()
  expect(await (await open()).find(token)).toBeDefined()
  records.remove = remove
  await logins.finishRemovals()
  expect(await (await open()).find(token)).toBeUndefined()
})

it('knows since when somebody is signed in, also in records of before that was kept', async () => {
  const signedInAtMs = clock.nowMs()
  const logins = await open()
  const { login } = await logins.create(BEA, TOKENS)
  clock.advance(DAY_MS)
  await logins.extend(login).kept
  const [after] = (await open()).all()
  expect(after).toMatchObject({ signedInAtMs })
  expect(after && lastSeenAtMs(after)).toBe(clock.nowMs())
  const key = `session/${login.tokenHash}`
  const { signedInAtMs: _, ...older } = JSON.parse((await records.get(key)) ?? '')
  await records.put(key, JSON.stringify(older))
  expect((await open()).all()).toMatchObject([{ signedInAtMs: clock.nowMs() }])
})
