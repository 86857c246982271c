import { type Context, Hono } from 'hono'
import type { AccessTokens, TokenAnswer } from './access-tokens.ts'
import { APPS, type App, type GrantType } from './apps.ts'
import { type AuthorizationCodes, type CodeRequest, invalidGrant } from './authorization-codes.ts'
import { renderSignInPage, renderSignInProblem } from './pages/sign-in.ts'
import { PEOPLE, SERVICE_JWT, SERVICE_USER } from './people.ts'
import { OAuthError } from './rest-error.ts'

/** Login of the relay (JWT), sign-in of people (authorization code with PKCE), refresh and revoke. */
export function createOAuthRoutes(tokens: AccessTokens, codes: AuthorizationCodes): Hono {
  const routes = new Hono()

  routes.post('/restapi/oauth/token', async (c) => {
    const form = await readForm(c)
    const app = authenticateApp(c.req.header('authorization'), form)
    return c.json(grant(form, app), 200, { 'cache-control': 'no-store', pragma: 'no-cache' })
  })

  const grant = (form: URLSearchParams, app: App): TokenAnswer => {
    const grantType = form.get('grant_type') ?? ''
    const requestedLifeS = Number(form.get('access_token_ttl') ?? Number.NaN)
    switch (grantType) {
      case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
        allow(app, 'jwt')
        if (form.get('assertion') !== SERVICE_JWT) throw invalidGrant('OAU-140', 'Invalid resource owner credentials')
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

  routes.get('/restapi/oauth/authorize', (c) => {
    const query = new URL(c.req.url).searchParams
    const problem = findProblem(query)
    if (problem !== undefined) return c.html(renderSignInProblem(problem), 400)
    const refusal = refuse(query)
    if (refusal !== undefined) return c.redirect(redirectWith(query, refusal))
    return c.html(renderSignInPage(query))
  })

  // The page's form sends the whole request back with the person who was chosen, or with none.
  routes.post('/restapi/oauth/authorize', async (c) => {
    const form = await readForm(c)
    const problem = findProblem(form)
    if (problem !== undefined) return c.html(renderSignInProblem(problem), 400)
    const refusal = refuse(form)
    if (refusal !== undefined) return c.redirect(redirectWith(form, refusal))
    const person = PEOPLE.find((one) => one.canSignIn && one.extensionId === form.get('person'))
    if (person === undefined) {
      return c.redirect(
        redirectWith(form, { error: 'access_denied', error_description: 'The person refused to sign in' }),
      )
    }
    return c.redirect(redirectWith(form, { code: codes.issue(toCodeRequest(form), person) }))
  })

  return routes
}

async function readForm(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text())
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

function findApp(request: URLSearchParams): App | undefined {
  return APPS.find((app) => app.clientId === request.get('client_id'))
}

/** What makes it unsafe to send the browser back at all, in words for the person who looks at the page. */
function findProblem(request: URLSearchParams): string | undefined {
  if (findApp(request) === undefined) return 'No app is registered under this client id.'
  if (!isSafeRedirect(request.get('redirect_uri') ?? '')) {
    return 'The redirect address should be https, or http on this machine.'
  }
  return undefined
}

function isSafeRedirect(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false
  const { protocol, hostname, hash } = new URL(redirectUri)
  if (hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
}

/** What is wrong with the request itself; the client is told by a redirect. */
function refuse(request: URLSearchParams): { error: string; error_description: string } | undefined {
  if (request.get('response_type') !== 'code') {
    return { error: 'unsupported_response_type', error_description: 'response_type should be code' }
  }
  if (request.has('code_challenge') && request.get('code_challenge_method') !== 'S256') {
    return { error: 'invalid_request', error_description: 'code_challenge_method should be S256' }
  }
  return undefined
}

function toCodeRequest(request: URLSearchParams): CodeRequest {
  const app = findApp(request)
  if (app === undefined) throw new OAuthError(401, 'invalid_client', 'OAU-120', 'Wrong Application ID')
  return {
    app,
    redirectUri: request.get('redirect_uri') ?? '',
    codeChallenge: request.get('code_challenge') ?? undefined,
  }
}

function redirectWith(request: URLSearchParams, answer: Readonly<Record<string, string>>): string {
  const target = new URL(request.get('redirect_uri') ?? '')
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  const state = request.get('state')
  if (state !== null) target.searchParams.set('state', state)
  return target.href
}
