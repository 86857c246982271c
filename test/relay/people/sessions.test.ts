import { beforeEach, expect, it } from 'vitest'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Records } from '../../../relay/log/records.ts'
import { createSessions, lastSeenAtMs, type Sessions } from '../../../relay/people/sessions.ts'
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

const open = (key = 1): Promise<Sessions> =>
  createSessions({ records, cipher: createTokenCipher(new Uint8Array(32).fill(key)), time: machineTime(clock) })

it('lives 30 days from the last hello', async () => {
  const sessions = await open()
  const { token } = await sessions.create(BEA, TOKENS)
  clock.advance(30 * DAY_MS - 1)
  expect(await sessions.extend(token)).toMatchObject({ ...BEA, expiresAtMs: clock.nowMs() + 30 * DAY_MS })
  clock.advance(30 * DAY_MS - 1)
  expect(sessions.find(token)).toMatchObject(BEA)
  clock.advance(1)
  expect(sessions.find(token)).toBeUndefined()
  expect(await sessions.extend(token)).toBeUndefined()
})

it('is there after a restart, its tokens with it', async () => {
  const { token } = await (await open()).create(BEA, TOKENS)
  expect((await open()).find(token)).toMatchObject({ ...BEA, tokens: TOKENS })
})

it('of before home countries were kept is as valid as before', async () => {
  const { token } = await (await open()).create(BEA, TOKENS)
  const [text = ''] = await records.list('session/')
  const { homeCountry: _, ...before } = JSON.parse(text)
  await records.put(`session/${before.tokenHash}`, JSON.stringify(before))
  const session = (await open()).find(token)
  expect(session).toMatchObject({ name: 'Bea', tokens: TOKENS })
  expect(session?.homeCountry).toBeUndefined()
})

it('outlives a change of the key without its tokens', async () => {
  const { token } = await (await open(1)).create(BEA, TOKENS)
  expect((await open(2)).find(token)).toMatchObject({ ...BEA, tokens: undefined })
})

it('is stored without any token in clear', async () => {
  const { token } = await (await open()).create(BEA, TOKENS)
  const text = (await records.list('')).join()
  for (const secret of [token, TOKENS.accessToken, TOKENS.refreshToken]) expect(text).not.toContain(secret)
})

it('stays removed when it is extended at the same time', async () => {
  const sessions = await open()
  const { token, session } = await sessions.create(BEA, TOKENS)
  const [extended] = await Promise.all([sessions.extend(token), sessions.remove(session.tokenHash)])
  expect(extended).toBeUndefined()
  expect(sessions.find(token)).toBeUndefined()
  expect((await open()).find(token)).toBeUndefined()
})

it('that the disk did not let go is removed from it later', async () => {
  const { remove } = records
  records.remove = () => Promise.reject(new Error('no room'))
  const sessions = await open()
  const { token, session } = await sessions.create(BEA, TOKENS)
  await expect(sessions.remove(session.tokenHash)).rejects.toThrow('no room')
  expect(sessions.find(token)).toBeUndefined()
  expect((await open()).find(token)).toBeDefined()
  records.remove = remove
  await sessions.finishRemovals()
  expect((await open()).find(token)).toBeUndefined()
})

it('knows since when somebody is signed in, also in records of before that was kept', async () => {
  const signedInAtMs = clock.nowMs()
  const sessions = await open()
  const { token, session } = await sessions.create(BEA, TOKENS)
  clock.advance(DAY_MS)
  await sessions.extend(token)
  const [after] = (await open()).all()
  expect(after).toMatchObject({ signedInAtMs })
  expect(after && lastSeenAtMs(after)).toBe(clock.nowMs())
  const key = `session/${session.tokenHash}`
  const { signedInAtMs: _, ...older } = JSON.parse((await records.get(key)) ?? '')
  await records.put(key, JSON.stringify(older))
  expect((await open()).all()).toMatchObject([{ signedInAtMs: clock.nowMs() }])
})
