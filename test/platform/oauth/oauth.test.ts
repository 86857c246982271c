import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../platform.ts'
import { choosePerson, createSdk, createSignIn, logIn, refusalOf, requestToken, signIn } from '../test-client.ts'

const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const WHO_AM_I = '/restapi/v1.0/account/~/extension/~'

let platform: Platform
let nowMs: number

beforeEach(async () => {
  nowMs = Date.now()
  platform = await startPlatform({ nowMs: () => nowMs })
})
afterEach(() => platform.close())

describe('the relay’s login', () => {
  test('the SDK logs in with the JWT and is the service user', async () => {
    const sdk = await logIn(platform)
    expect(await (await sdk.get(WHO_AM_I)).json()).toMatchObject({ id: 400109, account: { id: '400100' } })
  })

  test('the answer has what clients rely on', async () => {
    const response = await requestToken(platform, { grant_type: JWT_GRANT, assertion: platform.credentials.jwt })
    expect(await response.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: expect.any(String),
      refresh_token_expires_in: 604_800,
      scope: 'CallControl SubscriptionWebhook ReadAccounts ReadPresence',
      owner_id: '400109',
      endpoint_id: expect.any(String),
    })
  })

  test('the SDK refreshes by itself when the access token is refused', async () => {
    const sdk = await logIn(platform)
    nowMs += 3_600_000
    expect((await sdk.get(WHO_AM_I)).status).toBe(200)
    expect(platform.requests().map(({ path, status }) => `${path} ${status}`)).toEqual([
      '/restapi/oauth/token 200',
      `${WHO_AM_I} 401`,
      '/restapi/oauth/token 200',
      `${WHO_AM_I} 200`,
    ])
  })

  test('a refresh token works once', async () => {
    const first = await (
      await requestToken(platform, { grant_type: JWT_GRANT, assertion: platform.credentials.jwt })
    ).json()
    const refresh = () => requestToken(platform, { grant_type: 'refresh_token', refresh_token: first.refresh_token })
    const second = await (await refresh()).json()
    expect(second.access_token).not.toBe(first.access_token)
    const third = await refresh()
    expect(third.status).toBe(400)
    expect(await third.json()).toMatchObject({ error: 'invalid_grant', errors: [{ errorCode: 'OAU-213' }] })
  })

  test('after logout the token is refused', async () => {
    const sdk = await logIn(platform)
    const authorization = await sdk.authHeader()
    await sdk.logout()
    const response = await fetch(`${platform.url}${WHO_AM_I}`, { headers: { authorization } })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ errors: [{ errorCode: 'OAU-149' }] })
  })

  test('the life of access tokens can be shortened', async () => {
    const shortLived = await startPlatform({ accessTokenLifeS: 2 })
    const response = await requestToken(shortLived, {
      grant_type: JWT_GRANT,
      assertion: shortLived.credentials.jwt,
      access_token_ttl: '1800',
    })
    expect(await response.json()).toMatchObject({ expires_in: 2 })
    await shortLived.close()
  })
})

describe('refusals of the token endpoint', () => {
  const wrongSecret = { clientId: 'ringside-relay-app', clientSecret: 'wrong' }
  test.each([
    ['a wrong client secret', { grant_type: JWT_GRANT }, wrongSecret, 401, 'invalid_client', 'OAU-146'],
    ['a wrong JWT', { grant_type: JWT_GRANT, assertion: 'x.y.z' }, undefined, 400, 'invalid_grant', 'OAU-140'],
    ['an unknown code', { grant_type: 'authorization_code', code: 'x' }, undefined, 400, 'invalid_grant', 'OAU-106'],
    ['a password', { grant_type: 'password' }, undefined, 400, 'unsupported_grant_type', 'OAU-112'],
  ])('%s', async (_what, form, credentials, status, error, errorCode) => {
    const response = await requestToken(platform, { ...form }, credentials)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      error,
      error_description: expect.any(String),
      errors: [{ errorCode }],
    })
  })

  test('no client authentication at all', async () => {
    const response = await fetch(`${platform.url}/restapi/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: JWT_GRANT }),
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ errors: [{ errorCode: 'OAU-123' }] })
  })

  test('the JWT login of an app that is for sign-in only', async () => {
    const response = await requestToken(
      platform,
      { grant_type: JWT_GRANT, assertion: platform.credentials.jwt },
      platform.signInApp,
    )
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: 'unauthorized_client', errors: [{ errorCode: 'OAU-112' }] })
  })
})

describe('sign-in of people', () => {
  test('the page has a button for each person who can sign in, and none for the service user', async () => {
    const { request } = createSignIn(platform)
    const page = await fetch(`${platform.url}/restapi/oauth/authorize?${new URLSearchParams(request)}`)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect([...html.matchAll(/<button[^>]*>([^<]*)</g)].map(([, name]) => name)).toEqual([
      'Bea Lindqvist',
      'Sam Okafor',
      'Noor Haddad',
      'Ines Moreau',
      'Otto Fremd',
      'Deny',
    ])
  })

  test('the SDK’s own sign-in address leads to a code, and the code to that person', async () => {
    const sdk = createSdk(platform)
    const address = new URL(
      sdk.loginUrl({ usePKCE: true, state: 'abc', redirectUri: 'http://127.0.0.1:8787/auth/callback' }),
    )
    const request = Object.fromEntries(address.searchParams)
    const target = await choosePerson(platform, { request, codeVerifier: sdk.codeVerifier }, '400102')
    expect(target.origin + target.pathname).toBe('http://127.0.0.1:8787/auth/callback')
    expect(target.searchParams.get('state')).toBe('abc')
    await sdk.login({
      code: target.searchParams.get('code') ?? '',
      redirect_uri: 'http://127.0.0.1:8787/auth/callback',
    })
    expect(await (await sdk.get(WHO_AM_I)).json()).toMatchObject({ id: 400102, name: 'Bea Lindqvist' })
  })

  test('a person of another account can sign in, and is in that account', async () => {
    const sdk = await signIn(platform, '500102')
    expect(await (await sdk.get(WHO_AM_I)).json()).toMatchObject({ id: 500102, account: { id: '500100' } })
  })

  test.each([
    ['denies', ''],
    ['is nobody who can sign in', '400109'],
  ])('whoever %s is sent back without a code', async (_what, person) => {
    const target = await choosePerson(platform, createSignIn(platform), person)
    expect(Object.fromEntries(target.searchParams)).toMatchObject({ error: 'access_denied', state: 'state-1' })
    expect(target.searchParams.has('code')).toBe(false)
  })

  test('a plain challenge is refused by redirect', async () => {
    const target = await choosePerson(platform, createSignIn(platform, { code_challenge_method: 'plain' }), '400102')
    expect(target.searchParams.get('error')).toBe('invalid_request')
  })

  test.each([
    ['an unknown app', { client_id: 'nobody' }],
    ['an address that is neither https nor on this machine', { redirect_uri: 'http://relay.example/auth/callback' }],
    ['no address', { redirect_uri: '' }],
  ])('%s gets a page that says so, and no redirect', async (_what, overrides) => {
    const { request } = createSignIn(platform, overrides)
    const response = await fetch(`${platform.url}/restapi/oauth/authorize?${new URLSearchParams(request)}`, {
      redirect: 'manual',
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('Sign-in is not possible')
  })
})

describe('an authorization code', () => {
  async function redeem(overrides: Readonly<Record<string, string>> = {}, app = platform.credentials, waitMs = 0) {
    const attempt = createSignIn(platform)
    const code = (await choosePerson(platform, attempt, '400102')).searchParams.get('code') ?? ''
    nowMs += waitMs
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: attempt.request.redirect_uri ?? '',
      code_verifier: attempt.codeVerifier,
      ...overrides,
    }
    return { form, response: await requestToken(platform, form, app) }
  }

  test('works once', async () => {
    const { form, response } = await redeem()
    expect(response.status).toBe(200)
    expect((await requestToken(platform, form)).status).toBe(400)
  })

  test('works for just under a minute', async () => {
    expect((await redeem({}, platform.credentials, 59_999)).response.status).toBe(200)
    const { response } = await redeem({}, platform.credentials, 60_000)
    expect(await response.json()).toMatchObject({ error: 'invalid_grant', errors: [{ errorCode: 'OAU-108' }] })
  })

  test.each([
    ['another redirect address', { redirect_uri: 'http://127.0.0.1:8787/auth/callback/' }, 'OAU-109'],
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 'OAU-106'],
  ])('is refused with %s', async (_what, overrides, errorCode) => {
    const { response } = await redeem(overrides)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_grant', errors: [{ errorCode }] })
  })

  test('is refused to another app', async () => {
    const { response } = await redeem({}, { ...platform.signInApp, jwt: '' })
    expect(await response.json()).toMatchObject({ error: 'invalid_grant', errors: [{ errorCode: 'OAU-110' }] })
  })
})

test('the SDK reports a refused request with its code', async () => {
  const sdk = await signIn(platform, '400102')
  expect(await refusalOf(sdk.get('/restapi/v1.0/subscription/unknown'))).toEqual({ status: 404, errorCode: 'CMN-102' })
})
