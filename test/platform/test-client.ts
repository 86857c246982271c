import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { SDK } from '@ringcentral/sdk'
import type { Platform } from './platform.ts'

/** A client of the real SDK. Its token store is shared by the whole process, so each gets a prefix of its own. */
export function createSdk(platform: Platform, { clientId, clientSecret }: AppCredentials = platform.credentials) {
  return new SDK({ server: platform.url, clientId, clientSecret, cachePrefix: randomUUID() }).platform()
}

interface AppCredentials {
  readonly clientId: string
  readonly clientSecret: string
}

/** The SDK, logged in as the service user. */
export async function logIn(platform: Platform) {
  const sdk = createSdk(platform)
  await sdk.login({ jwt: platform.credentials.jwt })
  return sdk
}

/** Posts a form to the token endpoint with an app's credentials. */
export function requestToken(
  platform: Platform,
  form: Readonly<Record<string, string>>,
  { clientId, clientSecret }: AppCredentials = platform.credentials,
): Promise<Response> {
  return fetch(`${platform.url}/restapi/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams(form),
  })
}

export interface SignIn {
  readonly request: Readonly<Record<string, string>>
  readonly codeVerifier: string
}

/** An authorization request as a relay sends it. */
export function createSignIn(platform: Platform, overrides: Readonly<Record<string, string>> = {}): SignIn {
  const codeVerifier = randomBytes(32).toString('base64url')
  return {
    codeVerifier,
    request: {
      response_type: 'code',
      client_id: platform.credentials.clientId,
      redirect_uri: 'http://127.0.0.1:8787/auth/callback',
      state: 'state-1',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...overrides,
    },
  }
}

/** Presses a person's button on the sign-in page (no person: "Deny") and gives back where the browser is sent. */
export async function choosePerson(platform: Platform, { request }: SignIn, person: string): Promise<URL> {
  const response = await fetch(`${platform.url}/restapi/oauth/authorize`, {
    method: 'POST',
    body: new URLSearchParams({ ...request, person }),
    redirect: 'manual',
  })
  const location = response.headers.get('location')
  if (location === null) throw new Error(`The sign-in page should redirect, but answered ${response.status}.`)
  return new URL(location)
}

/** Signs a person in to an app with the SDK, through the sign-in page. */
export async function signIn(platform: Platform, extensionId: string, app: AppCredentials = platform.credentials) {
  const attempt = createSignIn(platform, { client_id: app.clientId })
  const code = (await choosePerson(platform, attempt, extensionId)).searchParams.get('code') ?? ''
  const sdk = createSdk(platform, app)
  await sdk.login({ code, redirect_uri: attempt.request.redirect_uri ?? '', code_verifier: attempt.codeVerifier })
  return sdk
}

/** The status and the error code of a request that the SDK threw at; `undefined` when it went well. */
export async function refusalOf(
  request: Promise<Response>,
): Promise<{ status: number; errorCode: unknown } | undefined> {
  try {
    await request
    return undefined
  } catch (error) {
    const response = error instanceof Error && 'response' in error ? error.response : undefined
    if (!(response instanceof Object) || !('status' in response)) throw error
    const { status, clone } = response as Response
    return { status, errorCode: (await clone.call(response).json()).errors?.[0]?.errorCode }
  }
}
