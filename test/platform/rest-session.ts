import type { MiddlewareHandler } from 'hono'
import type { AccessTokens, Login } from './access-tokens.ts'
import { notFound, RestError } from './rest-error.ts'

/** What the handlers of the REST API know of the request's sender. */
export interface RestEnv {
  Variables: { login: Login }
}

/** Lets in requests with a valid access token and refuses others as the platform does. */
export function requireLogin(tokens: AccessTokens): MiddlewareHandler<RestEnv> {
  return async function checkLogin(c, next) {
    const authorization = c.req.header('authorization')
    if (authorization === undefined) throw new RestError(401, 'AGW-401', 'Authorization header is not specified')
    const accessToken = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    if (accessToken === undefined) throw new RestError(401, 'AGW-402', 'Invalid Authorization header')
    const login = tokens.check(accessToken)
    if (login === 'unknown') throw new RestError(401, 'OAU-149', 'OAuth token is invalid')
    if (login === 'expired') throw new RestError(401, 'OAU-128', 'Access token expired')
    c.set('login', login)
    await next()
  }
}

/** Refuses every account but the sender's own, which may be written `~`. */
export function requireOwnAccount(): MiddlewareHandler<RestEnv> {
  return async function checkAccount(c, next) {
    const accountId = c.req.param('accountId')
    if (accountId !== '~' && accountId !== c.get('login').person.accountId) throw notFound('accountId')
    await next()
  }
}
