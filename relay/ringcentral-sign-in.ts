import type { SDK } from '@ringcentral/sdk'
import * as v from 'valibot'
import { SECOND_MS } from '../shared/time.ts'
import type { Clock } from './clock.ts'
import { type AppCredentials, createSdk, readJson, toRingCentralError } from './ringcentral.ts'
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
}

const tokenAnswer = v.object({
  access_token: v.string(),
  expires_in: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((value) => Number(value)),
  ),
  refresh_token: v.optional(v.string()),
})

export function createSignInClient(app: AppCredentials, clock: Clock): SignInClient {
  const platform: ReturnType<SDK['platform']> = createSdk(app).platform()

  async function send(options: Parameters<typeof platform.send>[0]): Promise<unknown> {
    try {
      // No session of the SDK's own: the same client acts for everybody.
      return await readJson(await platform.send({ ...options, skipAuthCheck: true, retry: true }))
    } catch (error) {
      throw await toRingCentralError(error)
    }
  }

  const postForm = (path: string, body: Readonly<Record<string, string>>): Promise<unknown> =>
    send({
      method: 'POST',
      url: path,
      body,
      headers: { authorization: platform.basicAuthHeader(), 'content-type': 'application/x-www-form-urlencoded' },
    })

  async function requestTokens(body: Readonly<Record<string, string>>): Promise<RingCentralTokens> {
    const answer = v.parse(tokenAnswer, await postForm('/restapi/oauth/token', body))
    return {
      accessToken: answer.access_token,
      accessExpiresAtMs: clock.nowMs() + answer.expires_in * SECOND_MS,
      ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    }
  }

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
      requestTokens({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      }),
    refresh: (refreshToken) => requestTokens({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    async revoke({ accessToken, refreshToken }) {
      // Either ends both; the refresh token lives longer.
      await postForm('/restapi/oauth/revoke', { token: refreshToken ?? accessToken })
    },
    whoIs: async ({ accessToken }) =>
      decodePerson(
        await send({
          method: 'GET',
          url: '/restapi/v1.0/account/~/extension/~',
          headers: { authorization: `Bearer ${accessToken}` },
        }),
      ),
  }
}
