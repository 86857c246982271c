import type { Context, MiddlewareHandler } from 'hono'
import { respondProblem } from '../http/problem.ts'
import type { Rights, UserWithRights } from './rights.ts'
import type { Session, Sessions } from './sessions.ts'

/** Who a request is from, for the routes behind {@link requirePerson}. */
export interface PersonEnv {
  Variables: { session: Session; user: UserWithRights }
}

export interface RequirePersonOptions {
  readonly sessions: Pick<Sessions, 'find'>
  readonly rights: Pick<Rights, 'describe'>
}

/** Lets in who is signed in: `Authorization: Bearer` and the relay's token. */
export function requirePerson({ sessions, rights }: RequirePersonOptions): MiddlewareHandler<PersonEnv> {
  return async function requirePerson(c, next) {
    const session = sessions.find(parseBearer(c.req.header('authorization')) ?? '')
    if (session === undefined) return respondUnauthorised(c)
    c.set('session', session)
    c.set('user', rights.describe(session))
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
