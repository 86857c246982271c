import { Hono } from 'hono'
import { countRequest, rateSubject } from '../api/count-as.ts'
import type { RateLimits } from '../api/rate-limits.ts'
import { OAuthError } from '../api/rest-error.ts'
import type { Directory } from '../directory.ts'
import { type Person, SERVICE_JWT, SERVICE_USER } from '../people.ts'
import type { AccessTokens, TokenAnswer } from './access-tokens.ts'
import { APPS, type App, type GrantType } from './apps.ts'
import { type AuthorizationCodes, invalidGrant } from './authorization-codes.ts'
import { readForm } from './read-form.ts'

/** Tokens: for the relay (JWT), for people (authorization code with PKCE), refreshed and revoked. */
export function createTokenRoutes(parts: {
  readonly tokens: AccessTokens
  readonly codes: AuthorizationCodes
  readonly directory: Directory
  readonly rateLimits: RateLimits
  readonly isJwtRevoked: () => boolean
}): Hono {
  const { tokens, codes, directory, rateLimits, isJwtRevoked } = parts
  const routes = new Hono()

  routes.post('/restapi/oauth/token', async (c) => {
    const form = await readForm(c)
    const app = authenticateApp(c.req.header('authorization'), form)
    const person = findSubject(form)
    countRequest(c, rateLimits, person === undefined ? app.clientId : rateSubject({ person, app }), 'Auth')
    if (person !== undefined && !directory.isEnabled(person.extensionId)) {
      throw invalidGrant('OAU-140', 'Invalid resource owner credentials')
    }
    return c.json(grant(form, app), 200, { 'cache-control': 'no-store', pragma: 'no-cache' })
  })

  /** Whose login is asked for; `undefined` when nothing that works is presented. */
  const findSubject = (form: URLSearchParams): Person | undefined => {
    if (form.get('assertion') === SERVICE_JWT) return SERVICE_USER
    return codes.ownerOf(form.get('code') ?? '') ?? tokens.ownerOf(form.get('refresh_token') ?? '')
  }

  const grant = (form: URLSearchParams, app: App): TokenAnswer => {
    const grantType = form.get('grant_type') ?? ''
    const requestedLifeS = Number(form.get('access_token_ttl') ?? Number.NaN)
    switch (grantType) {
      case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
        allow(app, 'jwt')
        if (form.get('assertion') !== SERVICE_JWT || isJwtRevoked())
          throw invalidGrant('OAU-140', 'Invalid resource owner credentials')
        return tokens.issue({ person: SERVICE_USER, app }, requestedLifeS)
      case 'authorization_code': {
        allow(app, 'authorization_code')
        const person = codes.redeem({
          code: form.get('code') ?? '',
          app,
          redirectUri: form.get('redirect_uri') ?? '',
          codeVerifier: form.get('code_verifier') ?? undefined,
        })
        return tokens.issue({ person, app }, requestedLifeS)
      }
      case 'refresh_token': {
        allow(app, 'refresh_token')
        const answer = tokens.refresh(form.get('refresh_token') ?? '', app, requestedLifeS)
        if (answer === 'unknown') throw invalidGrant('OAU-213', 'Token not found')
        if (answer === 'expired') throw invalidGrant('OAU-213', 'Token is expired')
        return answer
      }
      default:
        throw new OAuthError(400, 'unsupported_grant_type', 'OAU-112', `Unsupported grant type: [${grantType}]`)
    }
  }

  routes.post('/restapi/oauth/revoke', async (c) => {
    const form = await readForm(c)
    authenticateApp(c.req.header('authorization'), form)
    tokens.revoke(form.get('token') ?? c.req.query('token') ?? '')
    return c.body(null, 200)
  })

  return routes
}

/** A confidential client proves itself with Basic; a body with a `client_id` alone is a public client, and there is none. */
function authenticateApp(authorization: string | undefined, form: URLSearchParams): App {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  if (basic === undefined) {
    const description = form.has('client_id') ? 'Invalid client credentials' : 'Client authentication is required'
    throw new OAuthError(401, 'invalid_client', form.has('client_id') ? 'OAU-146' : 'OAU-123', description)
  }
  const decoded = Buffer.from(basic, 'base64').toString('utf8')
  const app = APPS.find(({ clientId, clientSecret }) => decoded === `${clientId}:${clientSecret}`)
  if (app === undefined) throw new OAuthError(401, 'invalid_client', 'OAU-146', 'Invalid client credentials')
  return app
}

function allow(app: App, grantType: GrantType): void {
  if (!app.grantTypes.includes(grantType)) {
    throw new OAuthError(
      403,
      'unauthorized_client',
      'OAU-112',
      `The client is unauthorized for the required grant type: [${grantType}]`,
    )
  }
}
