import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createSdk, createServiceClient, RingCentralError } from '../../relay/ringcentral.ts'
import { readServiceAccountId } from '../../relay/who-is.ts'
import { type Platform, startPlatform } from '../platform/platform.ts'

let platform: Platform
afterEach(() => platform.close())

function connect(changes: Partial<Platform['credentials']> = {}) {
  const { clientId, clientSecret, jwt } = { ...platform.credentials, ...changes }
  return createServiceClient(createSdk({ serverUrl: platform.url, clientId, clientSecret }), jwt)
}

const logins = () => platform.requests().filter(({ path }) => path === '/restapi/oauth/token').length
const me = { method: 'GET', path: '/restapi/v1.0/account/~/extension/~' } as const

it('logs in once for requests at the same time', async () => {
  platform = await startPlatform()
  const service = connect()
  await Promise.all([service.send(me), service.send(me), service.send(me)])
  expect(logins()).toBe(1)
  expect(await readServiceAccountId(service)).toBe(platform.accountId)
})

it('logs in again when its token has expired', async () => {
  let nowMs = Date.now()
  platform = await startPlatform({ nowMs: () => nowMs })
  const service = connect()
  await service.send(me)
  nowMs += 8 * 24 * 3_600_000
  expect(await service.send(me)).toMatchObject({ account: { id: platform.accountId } })
})

describe('tells a failure without its secrets', () => {
  it.each<[what: string, changes: () => Partial<Platform['credentials']>, status: number, code: string]>([
    ['a wrong client secret', () => ({ clientSecret: `wrong-${randomUUID()}` }), 401, 'OAU-146'],
    ['a wrong JWT', () => ({ jwt: 'not.the.one' }), 400, 'OAU-140'],
  ])('%s', async (_what, changes, status, code) => {
    platform = await startPlatform()
    const changed = changes()
    const error = await connect(changed)
      .send(me)
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(RingCentralError)
    expect(error).toMatchObject({ status, codes: expect.arrayContaining([code]) })
    for (const secret of Object.values(changed)) expect(JSON.stringify(error) + String(error)).not.toContain(secret)
  })

  it('nobody listening', async () => {
    platform = await startPlatform()
    const service = connect()
    await platform.close()
    const error = await service.send(me).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ status: undefined, message: expect.stringContaining('RingCentral did not answer') })
    platform = await startPlatform()
  })
})
