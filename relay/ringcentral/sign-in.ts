import type { SDK, SendOptions } from '@ringcentral/sdk'
import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { type AppCredentials, createSdk, readJson, toRingCentralError } from './api.ts'
import { type Grants, readGrants } from './grants.ts'
import type { WayOut } from './way-out.ts'
import { decodePerson, type Person } from './who-is.ts'

/** What RingCentral gave us to act as a person. */
export const ringCentralTokens = v.object({
  accessToken: v.string(),
  accessExpiresAtMs: v.number(),
  /** Absent when the app has refresh tokens switched off. Single-use: store the new pair before using it. */
  refreshToken: v.optional(v.string()),
})
export type RingCentralTokens = v.InferOutput<typeof ringCentralTokens>

/** Sign-in of people at RingCentral: authorization code with PKCE, as a confidential client. Throws `RingCentralError`. */
export interface SignInClient {
  authorizeUrl(request: { redirectUri: string; state: string; codeChallenge: string }): string
  exchange(request: { redirectUri: string; code: string; codeVerifier: string }): Promise<RingCentralTokens>
  refresh(refreshToken: string): Promise<RingCentralTokens>
  /** Ends these tokens at RingCentral. */
  revoke(tokens: RingCentralTokens): Promise<void>
  whoIs(tokens: RingCentralTokens): Promise<Person>
  /** What RingCentral lets this person do with others. */
  grants(tokens: RingCentralTokens): Promise<Grants>
}

const tokenAnswer = v.object({
  access_token: v.string(),
  expires_in: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((value) => Number(value)),
  ),
  refresh_token: v.optional(v.string()),
})

/** The token endpoint and its neighbour that revokes, asked as the app. Both throw `RingCentralError`. */
export interface TokenRequests {
  tokens(form: Readonly<Record<string, string>>): Promise<RingCentralTokens>
  revoke(token: string): Promise<void>
}

export function createTokenRequests(sdk: SDK, clock: Clock): TokenRequests {
  const platform = sdk.platform()
  const post = (path: string, body: Readonly<Record<string, string>>): Promise<unknown> =>
    sendAlone(platform, {
      method: 'POST',
      url: path,
      body,
      headers: { authorization: platform.basicAuthHeader(), 'content-type': 'application/x-www-form-urlencoded' },
    })
  return {
    async tokens(form) {
      const raw = await post('/restapi/oauth/token', form)
      const answer = v.parse(tokenAnswer, raw)
      return {
        accessToken: answer.access_token,
        accessExpiresAtMs: clock.nowMs() + answer.expires_in * SECOND_MS,
        ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
      }
    },
    async revoke(token) {
      await post('/restapi/oauth/revoke', { token })
    },
  }
}

/** Sends without a session of the SDK's own: one client acts for all users. */
async function sendAlone(platform: ReturnType<SDK['platform']>, options: SendOptions): Promise<unknown> {
  try {
    return await readJson(await platform.send({ ...options, skipAuthCheck: true, retry: true }))
  } catch (error) {
    throw await toRingCentralError(error)
  }
}

export function createSignInClient(app: AppCredentials, clock: Clock, wayOut?: WayOut): SignInClient {
  const sdk = createSdk(app, wayOut && { wayOut })
  const platform = sdk.platform()
  const requests = createTokenRequests(sdk, clock)

  const getAs = (accessToken: string, path: string): Promise<unknown> =>
    sendAlone(platform, {
      method: 'GET',
      url: `/restapi/v1.0/account/~${path}`,
      headers: { authorization: `Bearer ${accessToken}` },
    })

  return {
    authorizeUrl({ redirectUri, state, codeChallenge }) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      })
      return `${app.serverUrl}/restapi/oauth/authorize?${query}`
    },
    exchange: ({ redirectUri, code, codeVerifier }) =>
      requests.tokens({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      }),
    refresh: (refreshToken) => requests.tokens({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    // Either ends both; the refresh token lives longer.
    revoke: ({ accessToken, refreshToken }) => requests.revoke(refreshToken ?? accessToken),
    whoIs: async ({ accessToken }) => decodePerson(await getAs(accessToken, '/extension/~')),
    grants: ({ accessToken }) => readGrants((path) => getAs(accessToken, path)),
  }
}
