import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../platform.ts'
import { logIn, refusalOf, signIn } from '../test-client.ts'

let platform: Platform
let bea: Awaited<ReturnType<typeof signIn>>

beforeAll(async () => {
  platform = await startPlatform({ tidy: true })
  bea = await signIn(platform, '400102')
})
afterAll(() => platform.close())

test('an agent reads a colleague', async () => {
  const response = await bea.get('/restapi/v1.0/account/~/extension/400104')
  expect(await response.json()).toMatchObject({ id: 400104, extensionNumber: '104', status: 'Enabled' })
})

test('the account has a name and a number', async () => {
  expect(await (await bea.get('/restapi/v1.0/account/~')).json()).toMatchObject({
    id: 400100,
    companyName: 'Northwind Bikes',
    mainNumber: '+18005550100',
  })
})

test('a person has a desk phone', async () => {
  const { records } = await (await bea.get('/restapi/v1.0/account/~/extension/~/device')).json()
  expect(records).toMatchObject([{ id: '400802', type: 'HardPhone', status: 'Online' }])
})

test.each([
  ['an unknown extension', '/account/~/extension/1'],
  ['a person of another account', '/account/~/extension/500102'],
  ['another account', '/account/500100/extension/500102'],
  ['another account itself', '/account/500100'],
  ['a session that there is not', '/account/~/telephony/sessions/s-unknown'],
])('%s is not found', async (_what, path) => {
  expect(await refusalOf(bea.get(`/restapi/v1.0${path}`))).toEqual({ status: 404, errorCode: 'CMN-102' })
})

test.each([
  ['no token', {}, 'AGW-401'],
  ['no bearer token', { authorization: 'Basic eDp5' }, 'AGW-402'],
  ['an unknown token', { authorization: 'Bearer unknown' }, 'OAU-149'],
])('with %s a request is refused', async (_what, headers, errorCode) => {
  const response = await fetch(`${platform.url}/restapi/v1.0/account/~/extension/~`, { headers: { ...headers } })
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ errorCode, errors: [{ errorCode }] })
})

test('the rate limit is told in headers and counts down per person', async () => {
  const sdk = await signIn(platform, '400101')
  const read = async () => {
    const { headers } = await sdk.get('/restapi/v1.0/account/~/extension/~')
    return ['group', 'limit', 'remaining', 'window'].map((name) => headers.get(`x-rate-limit-${name}`))
  }
  expect(await read()).toEqual(['light', '50', '49', '60'])
  expect(await read()).toEqual(['light', '50', '48', '60'])
})

test('the state of a session is told to those in it and to the service user, and to nobody else', async () => {
  const call = platform.placeCall({ from: '+14085550123', to: '400102' })
  await call.settled()
  const path = `/restapi/v1.0/account/~/telephony/sessions/${call.telephonySessionId}`
  for (const sdk of [bea, await logIn(platform)]) {
    const session = await (await sdk.get(path)).json()
    expect(session).toMatchObject({
      id: call.telephonySessionId,
      origin: { type: 'Call' },
      parties: [
        { direction: 'Outbound', status: { code: 'Answered' }, owner: { accountId: '400100' } },
        {
          direction: 'Inbound',
          status: { code: 'Proceeding' },
          extensionId: '400102',
          owner: { extensionId: '400102' },
        },
      ],
    })
    expect(JSON.stringify(session)).not.toContain('sequence')
  }
  expect(await refusalOf((await signIn(platform, '400104')).get(path))).toEqual({ status: 404, errorCode: 'CMN-102' })
})

test('a session that is over is gone', async () => {
  const call = platform.placeCall({ from: '+14085550123', to: '400102' })
  call.answer()
  call.hangUp('agent')
  await call.settled()
  const sdk = await logIn(platform)
  const path = `/restapi/v1.0/account/~/telephony/sessions/${call.telephonySessionId}`
  expect(await refusalOf(sdk.get(path))).toEqual({ status: 404, errorCode: 'CMN-102' })
})
