import { createHash, randomBytes } from 'node:crypto'
import type { User } from '../../../shared/protocol/wire.ts'
import { EXTENSION_ORIGIN, REDIRECT_URI } from './extension-address.ts'

/** Sign-in as the extension and a person's browser do it, step by step, over HTTP. */

export interface Begun {
  readonly codeVerifier: string
  readonly state: string
  /** RingCentral's sign-in page with everything the relay asked for. */
  readonly authorizeUrl: URL
}

export async function beginSignIn(relayUrl: string): Promise<Begun> {
  const codeVerifier = randomBytes(32).toString('base64url')
  const state = randomBytes(8).toString('hex')
  const query = new URLSearchParams({ redirect_uri: REDIRECT_URI, state, code_challenge: challengeOf(codeVerifier) })
  const response = await fetch(`${relayUrl}/auth/start?${query}`, { redirect: 'manual' })
  return { codeVerifier, state, authorizeUrl: locationOf(response) }
}

/** What the person's choice on RingCentral's page leads to: the relay's callback address. `undefined` refuses. */
export async function chooseOnPage(authorizeUrl: URL, person: string | undefined): Promise<URL> {
  const form = new URLSearchParams(authorizeUrl.searchParams)
  if (person !== undefined) form.set('person', person)
  const page = new URL(authorizeUrl.pathname, authorizeUrl)
  return locationOf(await fetch(page, { method: 'POST', body: form, redirect: 'manual' }))
}

/** Follows the relay's callback to where it sends the browser. */
export async function followCallback(callback: URL): Promise<URL> {
  return locationOf(await fetch(callback, { redirect: 'manual' }))
}

export function redeem(relayUrl: string, code: string, codeVerifier: string): Promise<Response> {
  return fetch(`${relayUrl}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: EXTENSION_ORIGIN },
    body: JSON.stringify({ code, code_verifier: codeVerifier }),
  })
}

export interface SignedIn {
  readonly token: string
  readonly expiresAt: string
  readonly user: User
}

/** The whole flow. */
export async function signIn(
  { relay }: { readonly relay: { readonly url: string } },
  person: string,
): Promise<SignedIn> {
  const { authorizeUrl, codeVerifier } = await beginSignIn(relay.url)
  const returned = await followCallback(await chooseOnPage(authorizeUrl, person))
  const code = returned.searchParams.get('code')
  if (code === null) throw new Error(`The sign-in ended with ${returned.searchParams.get('error')}`)
  const response = await redeem(relay.url, code, codeVerifier)
  if (!response.ok) throw new Error(`The sign-in ended with ${response.status}: ${await response.text()}`)
  return (await response.json()) as SignedIn
}

export function challengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url')
}

function locationOf(response: Response): URL {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`There is no redirect, but ${response.status}.`)
  return new URL(location)
}
