import type { MiddlewareHandler } from 'hono'
import type { Directory, Permission, PersonPermission } from '../directory.ts'
import type { AccessTokens, Login } from '../oauth/access-tokens.ts'
import type { LogEnv } from './request-log.ts'
import { missingPermission, notFound, RestError } from './rest-error.ts'

/** What the handlers of the REST API know of the request's sender. */
export interface RestEnv {
  Variables: LogEnv['Variables'] & { login: Login }
}

/** Lets in requests with a valid access token, as the person is now, and refuses others as the platform does. */
export function requireLogin(tokens: AccessTokens, directory: Directory): MiddlewareHandler<RestEnv> {
  return async function checkLogin(c, next) {
    const authorization = c.req.header('authorization')
    if (authorization === undefined) throw new RestError(401, 'AGW-401', 'Authorization header is not specified')
    const accessToken = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    if (accessToken === undefined) throw new RestError(401, 'AGW-402', 'Invalid Authorization header')
    const login = tokens.check(accessToken)
    if (login === 'unknown') throw new RestError(401, 'OAU-149', 'OAuth token is invalid')
    if (login === 'expired') throw new RestError(401, 'OAU-128', 'Access token expired')
    c.set('login', { ...login, person: directory.current(login.person.extensionId) ?? login.person })
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

/** Refuses those who lack a permission, the app first. A person's has the name of the app's unless given. */
export function createNeeds(directory: Directory) {
  return function needs(scope: Permission, permission: PersonPermission = scope): MiddlewareHandler<RestEnv> {
    return async function checkPermission(c, next) {
      const { person, app } = c.get('login')
      const lacking = directory.lacking({ person, scopes: app.scopes }, scope, permission)
      if (lacking !== undefined) throw missingPermission(lacking, lacking === 'app' ? scope : permission)
      await next()
    }
  }
}

export type Needs = ReturnType<typeof createNeeds>
