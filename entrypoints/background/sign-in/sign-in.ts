import * as v from 'valibot'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import { type RedeemBody, tokenAnswer } from '../../../shared/protocol/http/sign-in.ts'
import type { SignInProblem } from '../../lib/contract/messages.ts'
import type { SignIn } from '../../lib/store/schema.ts'
import { NETWORK_TIMEOUT_MS } from '../../lib/store/within.ts'

/**
 * Signing in through the relay: RingCentral's page in a window of its own, then a code for the relay's token. The code is
 * worth something only together with the verifier, which never leaves this worker.
 *
 * Runs in the worker: a popup closes, and its promises with it, as soon as the window opens.
 */
export interface SignInRuntime {
  readonly fetch: typeof fetch
  /** The address the window has to return to. */
  readonly redirectUrl: string
  /** Opens a page and resolves with the address it ended at; rejects when the person closes the window. */
  readonly openWindow: (url: string) => Promise<string | undefined>
}

export type SignInResult =
  | { readonly signIn: SignIn; readonly problem?: undefined }
  | { readonly problem: SignInProblem; readonly signIn?: undefined }

export async function signInAt(relayUrl: string, runtime: SignInRuntime): Promise<SignInResult> {
  const state = randomText()
  const verifier = randomText()
  const start = new URL(ROUTES.signIn, relayUrl)
  start.searchParams.set('redirect_uri', runtime.redirectUrl)
  start.searchParams.set('state', state)
  start.searchParams.set('code_challenge', await challengeOf(verifier))
  if ((await probeRelay(relayUrl, runtime)) !== undefined) return { problem: 'unreachable' }
  const returned = await runtime.openWindow(start.href).catch(() => undefined)
  if (returned === undefined) return { problem: 'cancelled' }
  const answer = new URL(returned).searchParams
  if (answer.get('state') !== state) return { problem: 'refused' }
  const code = answer.get('code')
  return code === null ? { problem: nameRefusal(answer.get('error')) } : exchange(relayUrl, code, verifier, runtime)
}

/** Tells the relay to forget a token. The person is signed out here whatever it answers. */
export async function revokeToken({ relayUrl, token }: SignIn, runtime: Pick<SignInRuntime, 'fetch'>): Promise<void> {
  await runtime
    .fetch(new URL(ROUTES.token, relayUrl), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(NETWORK_TIMEOUT_MS),
    })
    .catch(() => undefined)
}

/** Asks whether a relay answers at this address. */
export async function probeRelay(
  relayUrl: string,
  runtime: Pick<SignInRuntime, 'fetch'>,
): Promise<'unreachable' | 'notARelay' | undefined> {
  const response = await runtime
    .fetch(new URL(ROUTES.health, relayUrl), { signal: AbortSignal.timeout(NETWORK_TIMEOUT_MS) })
    .catch(() => undefined)
  if (response === undefined) return 'unreachable'
  return response.ok && (await isRelayAnswer(response)) ? undefined : 'notARelay'
}

async function exchange(
  relayUrl: string,
  code: string,
  verifier: string,
  runtime: SignInRuntime,
): Promise<SignInResult> {
  const response = await runtime
    .fetch(new URL(ROUTES.token, relayUrl), {
      method: 'POST',
      signal: AbortSignal.timeout(NETWORK_TIMEOUT_MS),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, code_verifier: verifier } satisfies RedeemBody),
    })
    .catch(() => undefined)
  if (response === undefined) return { problem: 'unreachable' }
  // A relay that can keep nothing now, for want of room, or that goes down: later it can.
  if (response.status === 503) return { problem: 'notReady' }
  const answer = v.safeParse(tokenAnswer, await response.json().catch(() => undefined))
  if (!response.ok || !answer.success) return { problem: 'refused' }
  const { token, user } = answer.output
  return { signIn: { relayUrl, token, user } }
}

async function isRelayAnswer(response: Response): Promise<boolean> {
  const answer: unknown = await response.json().catch(() => undefined)
  return typeof answer === 'object' && answer !== null && 'status' in answer
}

/** The relay's words for why it gives no code, and RingCentral's for a denial. */
const REFUSALS: ReadonlyMap<string | null, SignInProblem> = new Map([
  ['access_denied', 'denied'],
  ['wrong_account', 'wrongAccount'],
  ['account_disabled', 'disabled'],
  ['temporarily_unavailable', 'notReady'],
])

function nameRefusal(error: string | null): SignInProblem {
  return REFUSALS.get(error) ?? 'refused'
}

function randomText(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
}

/** The S256 challenge of RFC 7636. */
async function challengeOf(verifier: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
