import * as oauth from 'oauth4webapi'
import * as v from 'valibot'
import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { CrmFault } from '../api.ts'
import type { OAuthAuth } from '../connector.ts'
import type { CrmTokens } from './token-store.ts'

/** A CRM's OAuth: the code grant with PKCE, refresh and revocation. What fails is a `CrmFault`; `unauthorized` is for good. */
export interface OAuthClient {
  authorizeUrl(request: { readonly state: string; readonly codeVerifier: string }): Promise<string>
  /** `callback`: the address that the CRM sent the browser back to. */
  exchange(callback: URL, expected: { readonly state: string; readonly codeVerifier: string }): Promise<CrmTokens>
  /** The new tokens; without a new refresh token the one of before goes on. */
  refresh(tokens: CrmTokens): Promise<CrmTokens>
  revoke(tokens: CrmTokens): Promise<void>
}

export interface OAuthClientOptions {
  readonly auth: OAuthAuth
  readonly clientId: string
  readonly clientSecret: string
  /** The API's address, without a slash at the end. */
  readonly baseUrl: string
  readonly redirectUri: string
  readonly fetch: typeof globalThis.fetch
  readonly clock: Pick<Clock, 'nowMs'>
}

const TIMEOUT_MS = 20 * SECOND_MS

export function createOAuthClient(options: OAuthClientOptions): OAuthClient {
  const { auth, clientId, clientSecret, redirectUri, fetch, clock } = options
  const place = (template: string) => placeUrl(template, options)
  const server: oauth.AuthorizationServer = {
    issuer: new URL(place(auth.tokenUrl)).origin,
    authorization_endpoint: place(auth.authorizeUrl),
    token_endpoint: place(auth.tokenUrl),
  }
  const client: oauth.Client = { client_id: clientId }
  const clientAuth =
    auth.clientAuth === 'basic' ? oauth.ClientSecretBasic(clientSecret) : oauth.ClientSecretPost(clientSecret)
  const requestOptions = () => ({
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, unknown>) =>
      fetch(url, init as RequestInit),
    // Settings allow plain http on this machine only.
    [oauth.allowInsecureRequests]: server.token_endpoint?.startsWith('http:') === true,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })

  function readTokens(answer: oauth.TokenEndpointResponse, before?: CrmTokens): CrmTokens {
    const {
      access_token: accessToken,
      expires_in: expiresInS,
      refresh_token: refreshToken = before?.refreshToken,
    } = answer
    const told = auth.baseUrlField === undefined ? undefined : answer[auth.baseUrlField]
    const baseUrl = typeof told === 'string' && isSafe(told) ? told.replace(/\/+$/, '') : before?.baseUrl
    return {
      accessToken,
      ...(expiresInS !== undefined && { accessExpiresAtMs: clock.nowMs() + expiresInS * SECOND_MS }),
      ...(refreshToken !== undefined && { refreshToken }),
      ...(baseUrl !== undefined && { baseUrl }),
    }
  }

  return {
    async authorizeUrl({ state, codeVerifier }) {
      const url = new URL(place(auth.authorizeUrl))
      const query = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        ...(auth.scopes.length > 0 && { scope: writeScopes(auth, options.baseUrl) }),
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...auth.authorizeParams,
      }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url.href
    },
    exchange: (callback, { state, codeVerifier }) =>
      orFault(async () => {
        const parameters = oauth.validateAuthResponse(server, client, callback, state)
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          clientAuth,
          parameters,
          redirectUri,
          codeVerifier,
          requestOptions(),
        )
        return readTokens(await oauth.processAuthorizationCodeResponse(server, client, response))
      }),
    refresh: (tokens) =>
      orFault(async () => {
        if (tokens.refreshToken === undefined) throw new CrmFault('unauthorized', { words: 'The login has ended.' })
        const response = await oauth.refreshTokenGrantRequest(
          server,
          client,
          clientAuth,
          tokens.refreshToken,
          requestOptions(),
        )
        return readTokens(await oauth.processRefreshTokenResponse(server, client, response), tokens)
      }),
    revoke: (tokens) =>
      orFault(async () => {
        const { revokeUrl } = auth
        const token = tokens.refreshToken ?? tokens.accessToken
        if (revokeUrl === undefined) return
        if (revokeUrl.includes('{token}')) {
          const url = place(revokeUrl).replace('{token}', encodeURIComponent(token))
          await fetch(url, { method: 'DELETE', signal: AbortSignal.timeout(TIMEOUT_MS) })
          return
        }
        const withRevocation = { ...server, revocation_endpoint: place(revokeUrl) }
        const response = await oauth.revocationRequest(withRevocation, client, clientAuth, token, requestOptions())
        await oauth.processRevocationResponse(response)
      }),
  }
}

function writeScopes({ scopes, scopeSeparator = ' ' }: OAuthAuth, baseUrl: string): string {
  return scopes.map((scope) => scope.replace('{base}', baseUrl)).join(scopeSeparator)
}

/** A stand-in on this machine, which alone has plain http, has all addresses of its vendor. */
function placeUrl(template: string, { baseUrl }: Pick<OAuthClientOptions, 'baseUrl'>): string {
  if (template.startsWith('{base}')) return template.replace('{base}', baseUrl)
  return baseUrl.startsWith('http:') ? baseUrl + new URL(template).pathname : template
}

/** A token must not go to whatever address an answer names in plain text. */
function isSafe(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}

async function orFault<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof CrmFault) throw error
    if (error instanceof oauth.AuthorizationResponseError) throw new CrmFault('unauthorized', { words: error.error })
    if (error instanceof oauth.ResponseBodyError) {
      const kind = error.status === 429 ? 'limited' : error.status >= 500 ? 'away' : 'unauthorized'
      throw new CrmFault(kind, { words: error.error_description ?? error.error, status: error.status })
    }
    const told = error instanceof oauth.OperationProcessingError ? readToldError(error.cause) : undefined
    if (told !== undefined) throw new CrmFault('unauthorized', { words: told })
    throw new CrmFault('away', { words: 'Its login did not answer.' })
  }
}

/** Zoho says no with the status of a success. */
function readToldError(cause: unknown): string | undefined {
  const read = v.safeParse(v.object({ body: v.object({ error: v.string() }) }), cause)
  return read.success ? read.output.body.error : undefined
}
