import { beforeEach, expect, it } from 'vitest'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Records } from '../../../relay/log/records.ts'
import { lastSeenAtMs } from '../../../relay/people/login.ts'
import { createLogins, type Logins } from '../../../relay/people/logins.ts'
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

it('is written once for all who say hello while it is being written', async () => {
  const written: string[] = []
  const { replace } = records
  records.replace = (key, before, value) => {
    written.push(value)
    return replace(key, before, value)
  }
  const logins = await open()
  const { token, login } = await logins.create(BEA, TOKENS)
  clock.advance(DAY_MS)
  const extended = Array.from({ length: 1000 }, () => logins.extend(login))
  await Promise.all(extended.map(({ kept }) => kept))
  expect(written).toHaveLength(1)
  expect(new Set(extended.map(({ expiresAtMs }) => expiresAtMs))).toEqual(new Set([clock.nowMs() + 30 * DAY_MS]))
  clock.advance(DAY_MS)
  await logins.extend(login).kept
  expect(written).toHaveLength(2)
  expect(await (await open()).find(token)).toMatchObject({ expiresAtMs: clock.nowMs() + 30 * DAY_MS })
})

it('is extended by the next hello when the disk did not take the last one', async () => {
  const logins = await open()
  const { token, login } = await logins.create(BEA, TOKENS)
  clock.advance(DAY_MS)
  const { replace } = records
  records.replace = () => Promise.reject(new Error('no room'))
  await expect(logins.extend(login).kept).rejects.toThrow('no room')
  records.replace = replace
  await logins.extend(login).kept
  expect(await (await open()).find(token)).toMatchObject({ expiresAtMs: clock.nowMs() + 30 * DAY_MS })
})

it('keeps its tokens sealed as they are until they are others', async () => {
  const logins = await open()
  const { token, login } = await logins.create(BEA, TOKENS)
  const readSealed = async () => JSON.parse((await records.get(`session/${login.tokenHash}`)) ?? '').sealedTokens
  const sealed = await readSealed()
  await logins.extend(login).kept
  expect(await readSealed()).toBe(sealed)
  const others = { ...TOKENS, accessToken: 'another' }
  await logins.change(login.tokenHash, { tokens: others })
  expect(await readSealed()).not.toBe(sealed)
  expect(await (await open()).find(token)).toMatchObject({ tokens: others })
  await logins.change(login.tokenHash, { tokens: undefined })
  expect(await readSealed()).toBeNull()
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
