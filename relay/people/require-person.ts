import type { Context, MiddlewareHandler } from 'hono'
import { respondProblem } from '../http/problem.ts'
import type { Login } from './login.ts'
import type { Logins } from './logins.ts'
import type { Rights, UserWithRights } from './rights.ts'

/** Who a request is from, for the routes behind {@link requirePerson}. */
export interface PersonEnv {
  Variables: { login: Login; user: UserWithRights }
}

export interface RequirePersonOptions {
  readonly logins: Pick<Logins, 'find'>
  readonly rights: Pick<Rights, 'describe'>
}

/** Lets in who is signed in: `Authorization: Bearer` and the relay's token. */
export function requirePerson({ logins, rights }: RequirePersonOptions): MiddlewareHandler<PersonEnv> {
  return async function requirePerson(c, next) {
    const login = await logins.find(parseBearer(c.req.header('authorization')) ?? '')
    if (login === undefined) return respondUnauthorised(c)
    c.set('login', login)
    c.set('user', rights.describe(login))
    return next()
  }
}

export function respondUnauthorised(c: Context): Response {
  return respondProblem(c, {
    status: 401,
    code: 'unauthorised',
    detail: 'The Authorization header should be "Bearer" and the token of somebody who is signed in.',
  })
}

/** The token of an `Authorization` header. */
export function parseBearer(header: string | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(header ?? '')?.[1]
}
