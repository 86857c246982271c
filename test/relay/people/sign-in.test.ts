import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { EXTENSION_ORIGIN, REDIRECT_URI } from '../support/extension-address.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { beginSignIn, challengeOf, chooseOnPage, followCallback, redeem, signIn } from '../support/sign-in-flow.ts'

const AGENT = '400102'

let fixture: RelayFixture
const nowMs = Date.now()
const clock = createManualClock(nowMs)
beforeAll(async () => {
  fixture = await startFixture({ relay: { clock } })
})
afterAll(() => fixture.close())

const get = (path: string) => fetch(`${fixture.relay.url}${path}`, { redirect: 'manual' })

describe('the whole flow', () => {
  it('gives a token that lives 30 days, and who it is', async () => {
    const { token, expiresAt, user } = await signIn(fixture, AGENT)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(Date.parse(expiresAt)).toBe(clock.nowMs() + 30 * DAY_MS)
    const person = fixture.platform.people.find(({ extensionId }) => extensionId === AGENT)
    expect(user).toEqual({
      accountId: fixture.platform.accountId,
      extensionId: AGENT,
      name: person?.name,
      role: 'agent',
      homeCountry: 'US',
      watches: { extensions: [], queues: [] },
    })
  })

  it('asks RingCentral with a proof key of its own', async () => {
    const { authorizeUrl, codeVerifier, state } = await beginSignIn(fixture.relay.url)
    expect(Object.fromEntries(authorizeUrl.searchParams)).toEqual({
      response_type: 'code',
      client_id: fixture.platform.credentials.clientId,
      redirect_uri: `${fixture.relay.url}/auth/callback`,
      state: expect.stringMatching(/^[\w-]{200,600}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    expect(authorizeUrl.searchParams.get('code_challenge')).not.toBe(challengeOf(codeVerifier))
    expect(authorizeUrl.searchParams.get('state')).not.toBe(state)
  })

  it('leaves its codes in no cache and tells no page of them', async () => {
    const { authorizeUrl } = await beginSignIn(fixture.relay.url)
    const answer = await fetch(await chooseOnPage(authorizeUrl, '400102'), { redirect: 'manual' })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it("comes back to the extension's address with its own state", async () => {
    const { authorizeUrl, state } = await beginSignIn(fixture.relay.url)
    const returned = await followCallback(await chooseOnPage(authorizeUrl, AGENT))
    expect(`${returned.origin}${returned.pathname}`).toBe(REDIRECT_URI)
    expect([...returned.searchParams.keys()].sort()).toEqual(['code', 'state'])
    expect(returned.searchParams.get('state')).toBe(state)
  })
})

describe('/auth/start refuses with a page and no redirect', () => {
  const good = { redirect_uri: REDIRECT_URI, state: 'abc', code_challenge: challengeOf('verifier') }
  it.each<[what: string, query: Record<string, string>]>([
    ['a foreign redirect_uri', { ...good, redirect_uri: 'https://evil.example/' }],
    ['a path on the right host', { ...good, redirect_uri: `${REDIRECT_URI}path` }],
    ['no redirect_uri', { state: 'abc', code_challenge: good.code_challenge }],
    ['no state', { ...good, state: '' }],
    ['a state without end', { ...good, state: 'x'.repeat(513) }],
    ['no challenge', { ...good, code_challenge: '' }],
    ['a plain challenge', { ...good, code_challenge_method: 'plain' }],
  ])('%s', async (_what, query) => {
    const response = await get(`/auth/start?${new URLSearchParams(query)}`)
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

describe('/auth/callback', () => {
  it('passes a denial on', async () => {
    const { authorizeUrl, state } = await beginSignIn(fixture.relay.url)
    const returned = await followCallback(await chooseOnPage(authorizeUrl, undefined))
    expect(Object.fromEntries(returned.searchParams)).toEqual({ error: 'access_denied', state })
  })

  it('refuses a person of another account, and revokes what it got for them', async () => {
    const foreigner = fixture.platform.people.find(
      ({ accountId, canSignIn }) => accountId !== fixture.platform.accountId && canSignIn,
    )
    const { authorizeUrl, state } = await beginSignIn(fixture.relay.url)
    const returned = await followCallback(await chooseOnPage(authorizeUrl, foreigner?.extensionId))
    expect(Object.fromEntries(returned.searchParams)).toEqual({ error: 'wrong_account', state })
    const revocations = () => fixture.platform.requests().filter(({ path }) => path === '/restapi/oauth/revoke')
    await eventually(() => expect(revocations()).toHaveLength(1))
  })

  it('tells the extension when RingCentral does not take the code', async () => {
    const { authorizeUrl, state } = await beginSignIn(fixture.relay.url)
    const query = new URLSearchParams({ code: 'made-up', state: authorizeUrl.searchParams.get('state') ?? '' })
    const returned = await followCallback(new URL(`${fixture.relay.url}/auth/callback?${query}`))
    expect(Object.fromEntries(returned.searchParams)).toEqual({ error: 'server_error', state })
  })

  it.each<[what: string, callback: () => Promise<URL>]>([
    ['a state nobody began', async () => new URL(`${fixture.relay.url}/auth/callback?code=a&state=b`)],
    ['no state', async () => new URL(`${fixture.relay.url}/auth/callback?code=a`)],
    [
      'one that was used',
      async () => {
        const { authorizeUrl } = await beginSignIn(fixture.relay.url)
        const callback = await chooseOnPage(authorizeUrl, AGENT)
        await followCallback(callback)
        return callback
      },
    ],
    [
      'one that began more than ten minutes ago',
      async () => {
        const { authorizeUrl } = await beginSignIn(fixture.relay.url)
        const callback = await chooseOnPage(authorizeUrl, AGENT)
        clock.advance(10 * 60_000)
        return callback
      },
    ],
  ])('refuses %s with a page and no redirect', async (_what, callback) => {
    const response = await fetch(await callback(), { redirect: 'manual' })
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('content-type')).toContain('text/html')
  })
})

describe('POST /auth/token', () => {
  async function codeFor(person: string) {
    const { authorizeUrl, codeVerifier } = await beginSignIn(fixture.relay.url)
    const returned = await followCallback(await chooseOnPage(authorizeUrl, person))
    return { code: returned.searchParams.get('code') ?? '', codeVerifier }
  }

  it('refuses a wrong verifier, and then the right one too', async () => {
    const { code, codeVerifier } = await codeFor(AGENT)
    const wrong = await redeem(fixture.relay.url, code, 'another-verifier')
    expect(wrong.status).toBe(400)
    expect(await wrong.json()).toMatchObject({ code: 'invalid_code' })
    expect((await redeem(fixture.relay.url, code, codeVerifier)).status).toBe(400)
  })

  it('takes a code once', async () => {
    const { code, codeVerifier } = await codeFor(AGENT)
    expect((await redeem(fixture.relay.url, code, codeVerifier)).status).toBe(200)
    expect((await redeem(fixture.relay.url, code, codeVerifier)).status).toBe(400)
  })

  it('takes a code for a minute', async () => {
    const late = await codeFor(AGENT)
    clock.advance(60_000)
    expect((await redeem(fixture.relay.url, late.code, late.codeVerifier)).status).toBe(400)
  })

  it('lets the extension read answers and refusals', async () => {
    const response = await redeem(fixture.relay.url, 'none', 'none')
    expect(response.headers.get('access-control-allow-origin')).toBe(EXTENSION_ORIGIN)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })
})

describe('DELETE /auth/token', () => {
  const signOut = (token: string) =>
    fetch(`${fixture.relay.url}/auth/token`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })

  it('ends the login here and at RingCentral, once', async () => {
    const { token } = await signIn(fixture, AGENT)
    const revocations = () => fixture.platform.requests().filter(({ path }) => path === '/restapi/oauth/revoke').length
    const before = revocations()
    expect((await signOut(token)).status).toBe(204)
    expect((await signOut(token)).status).toBe(401)
    await eventually(() => expect(revocations()).toBe(before + 1))
  })
})

it('keeps no token in clear, neither on disk nor in the log', async () => {
  const { token } = await signIn(fixture, AGENT)
  const { credentials } = fixture.platform
  const folder = fixture.settings.dataFolder
  expect((await stat(join(folder, 'token.key'))).mode & 0o777).toBe(0o600)
  const store = await readdir(join(folder, 'store'), { recursive: true, withFileTypes: true })
  const files = store.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const bytes = (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('')
  expect(bytes).toContain('session/')
  for (const secret of [token, 'accessToken', 'refreshToken']) expect(bytes).not.toContain(secret)
  const secrets = [
    token,
    credentials.clientSecret,
    credentials.jwt,
    fixture.platform.subscriptions()[0]?.verificationToken,
  ]
  for (const secret of secrets) expect(fixture.logText()).not.toContain(secret)
  for (const { name } of fixture.platform.people) expect(fixture.logText()).not.toContain(name)
})
